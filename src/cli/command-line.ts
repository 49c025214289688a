import { Command } from "commander";
import { program as self } from "../node/package.ts";
import { addBench } from "./bench.ts";
import { addBranch } from "./branch.ts";
import { addCheck } from "./check.ts";
import { addCompare } from "./compare.ts";
import { addExport } from "./export.ts";
import { exitCodes, reportFailure } from "./failure.ts";
import { addFigure } from "./figure.ts";
import { checkGivenPaths } from "./given-paths.ts";
import { helpExamples } from "./help-examples.ts";
import { addList } from "./list.ts";
import { addPlot } from "./plot.ts";
import { addReplicate } from "./replicate.ts";
import { addResume } from "./resume.ts";
import { addRun } from "./run.ts";
import { addRunsim } from "./runsim.ts";
import { addShow } from "./show.ts";
import { refuseRepetition } from "./single-options.ts";
import { addStatistics } from "./statistics.ts";
import { addSweep } from "./sweep.ts";
import { addVerify } from "./verify.ts";

const program = new Command(self.name)
  .description(
    "Simulates a column of spiking neocortex that learns by STDP and keeps its balance by " +
      "homeostatic synaptic scaling: the model of Rowan & Neymotin (2013), spike for spike.",
  )
  .version(self.version, "-v, --version", "print the version")
  .helpOption("-h, --help", "print this help")
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

const commands = [
  addList,
  addShow,
  addCheck,
  addRun,
  addRunsim,
  addResume,
  addBranch,
  addStatistics,
  addCompare,
  addVerify,
  addPlot,
  addFigure,
  addExport,
  addReplicate,
  addSweep,
  addBench,
];
for (const add of commands) add(program);
program.hook("preAction", (_, command) => checkGivenPaths(command));
refuseRepetition(program);

// A reader that has seen enough, as in `isocortex list | head`, is no error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  process.exit(error.code === "EPIPE" ? exitCodes.done : reportFailure(error));
});
// Nor must a run end because nobody reads how it is going.
process.stderr.on("error", () => {});

const given = process.argv.slice(2);
try {
  await program.parseAsync(given.length > 0 ? given : ["--help"], { from: "user" });
} catch (error) {
  process.exitCode = reportFailure(error);
}
