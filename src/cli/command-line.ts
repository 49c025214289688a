import { Command, CommanderError } from "commander";
import { program as self } from "../host/package.ts";
import { checkGivenPaths, givenArchives } from "./arguments/given-paths.ts";
import { refuseRepetition } from "./arguments/single-options.ts";
import { addCommands } from "./commands.ts";
import { exitCodes } from "./failure.ts";
import type { FailureCode } from "./first-failure.ts";
import { helpExamples } from "./help-examples.ts";

/** Carries out what the arguments of the process ask for, and sets its exit code. */
export async function runCommandLine(failureCode: FailureCode): Promise<void> {
  const program = new Command(self.name)
    .description(
      "Simulates a column of spiking neocortex with STDP and homeostatic synaptic scaling: the " +
        "model of Rowan & Neymotin (2013), spike for spike.",
    )
    .version(self.version, "-v, --version", "print the version")
    .helpOption("-h, --help", "print this help")
    .configureHelp({ subcommandTerm: (command) => command.name() })
    // What follows a command's name is for the command, and what follows its subcommand's for that.
    .enablePositionalOptions()
    .exitOverride()
    .showHelpAfterError("(--help shows how)")
    .addHelpText(
      "after",
      helpExamples([
        ["isocortex run training-with-scaling-quick --plot", "a short run with figures"],
        ["isocortex list", "experiments, figures and parameters"],
        ["isocortex run --help", "arguments and options of a command"],
      ]),
    );

  await addCommands(program, {
    list: ["list experiments, interventions, figures and parameters", () => import("./list.ts")],
    show: ["print a preset, or the experiment of a run, as a file", () => import("./show.ts")],
    check: ["check an experiment file and draw its timeline", () => import("./check.ts")],
    run: ["simulate an experiment and record it", () => import("./run.ts")],
    runsim: ["run with the original's command line", () => import("./runsim.ts")],
    resume: ["continue an interrupted run", () => import("./resume.ts")],
    branch: ["start a new run from the exact state of an earlier one", () => import("./branch.ts")],
    statistics: [
      "statistics of a recorded run: rates, intervals, synchrony and more",
      () => import("./statistics.ts"),
    ],
    compare: ["compare two recorded runs", () => import("./compare.ts")],
    verify: ["replay reference runs of the original, spike for spike", () => import("./verify.ts")],
    plot: ["draw figures of a recorded run", () => import("./plot.ts")],
    figure: ["record the runs of a figure of the paper and draw it", () => import("./figure.ts")],
    export: ["convert a recorded run to other formats", () => import("./export.ts")],
    replicate: [
      "repeat an experiment in other networks, without and with scaling",
      () => import("./replicate.ts"),
    ],
    sweep: [
      "run a study: an experiment with varied parameters and seeds",
      () => import("./sweep.ts"),
    ],
    view: ["open a living column in the browser", () => import("./view.ts")],
    bench: ["measure the speed of this machine", () => import("./bench.ts")],
  });
  program.hook("preAction", async (_, command) => {
    checkGivenPaths(command);
    const archives = givenArchives(command);
    if (archives.length === 0) return;
    const { unpackArchives } = await import("./arguments/given-archives.ts");
    unpackArchives(command, archives);
  });
  refuseRepetition(program);

  const given = process.argv.slice(2);
  try {
    await program.parseAsync(given.length > 0 ? given : ["--help"], { from: "user" });
  } catch (error) {
    // It has printed its message, or the help that was asked for.
    const isPrinted = error instanceof CommanderError;
    const printedCode = isPrinted && error.exitCode === 0 ? exitCodes.done : exitCodes.badUsage;
    process.exitCode = isPrinted ? printedCode : await failureCode(error);
  }
}
