import { Command, CommanderError } from "commander";
import { program as self } from "../host/package.ts";
import { addCommands } from "./commands.ts";
import { exitCodes } from "./failure.ts";
import { checkGivenPaths } from "./given-paths.ts";
import { helpExamples } from "./help-examples.ts";
import { refuseRepetition } from "./single-options.ts";

const program = new Command(self.name)
  .description(
    "Simulates a column of spiking neocortex that learns by STDP and keeps its balance by " +
      "homeostatic synaptic scaling: the model of Rowan & Neymotin (2013), spike for spike.",
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
      ["isocortex run training-with-scaling-quick --plot", "a first run, with its figures"],
      ["isocortex list", "experiments, figures and parameters"],
      ["isocortex run --help", "more on a command"],
    ]),
  );

await addCommands(program, {
  list: ["list experiments, interventions, figures and parameters", () => import("./list.ts")],
  show: ["print an experiment, or that of a run, as a file", () => import("./show.ts")],
  check: ["read an experiment's file and show its timeline", () => import("./check.ts")],
  run: ["simulate an experiment and record it", () => import("./run.ts")],
  runsim: [
    "run as the original's script does, with any of its overrides",
    () => import("./runsim.ts"),
  ],
  resume: ["go on with a run after an interruption", () => import("./resume.ts")],
  branch: ["begin a new run from an earlier one's exact state", () => import("./branch.ts")],
  statistics: [
    "rates, intervals, synchrony and more of one recorded run",
    () => import("./statistics.ts"),
  ],
  compare: ["tell how two recorded runs differ", () => import("./compare.ts")],
  verify: ["replay reference runs of the original, spike for spike", () => import("./verify.ts")],
  plot: ["draw figures of a recorded run", () => import("./plot.ts")],
  figure: ["make a figure of the paper, with all runs that it needs", () => import("./figure.ts")],
  export: ["write a recorded run's data in other formats", () => import("./export.ts")],
  replicate: [
    "repeat an experiment on other networks, without and with scaling",
    () => import("./replicate.ts"),
  ],
  sweep: [
    "run a study: an experiment with varied parameters and seeds",
    () => import("./sweep.ts"),
  ],
  bench: ["measure speed on this machine", () => import("./bench.ts")],
});
program.hook("preAction", (_, command) => checkGivenPaths(command));
refuseRepetition(program);

/** Tells why a command failed, by what is only loaded then; the exit code that says so. */
async function failureCode(error: unknown): Promise<number> {
  // It has printed its message, or the help or version that was asked for.
  if (error instanceof CommanderError)
    return error.exitCode === 0 ? exitCodes.done : exitCodes.badUsage;
  const { reportFailure } = await import("./failure-report.ts");
  return reportFailure(error);
}

// A reader that has seen enough, as in `isocortex list | head`, is no error.
process.stdout.on("error", async (error: NodeJS.ErrnoException) => {
  process.exit(error.code === "EPIPE" ? exitCodes.done : await failureCode(error));
});
// Nor must a run end because nobody reads how it is going.
process.stderr.on("error", () => {});

const given = process.argv.slice(2);
try {
  await program.parseAsync(given.length > 0 ? given : ["--help"], { from: "user" });
} catch (error) {
  process.exitCode = await failureCode(error);
}
