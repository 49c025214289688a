import type { Command } from "commander";
import { ProgressLine, percentText } from "../terminal/progress-line.ts";
import { palette } from "../terminal/streams.ts";
import { verificationText } from "../terminal/verification.ts";
import { exitCodes } from "./failure.ts";
import { helpExamples } from "./help-examples.ts";

export function defineCommand(command: Command): void {
  command
    .description(
      "Replays runs of the original model (ModelDB 147141 under NEURON) and compares every " +
        "spike, plastic gain, sensor and membrane. Exit code 0 if all agree, otherwise 1.",
    )
    .option("--against <dir>", "a reference run, or a folder of them, instead of the included ones")
    .option("--json", "print all comparisons as JSON")
    .addHelpText(
      "after",
      helpExamples([
        ["isocortex verify", "replay the five included runs"],
        ["isocortex verify --against neuron-runs", "replay your own runs of the original"],
      ]),
    )
    .action(verifyRuns);
}

async function verifyRuns(options: { against?: string; json?: boolean }): Promise<void> {
  const { verify } = await import("../simulation/verification.ts");
  const { readReferenceRun } = await import("../runs/reference.ts");
  const { referenceFolders, shippedReferenceFolder } = await import("../runs/reference-folder.ts");
  const folders = referenceFolders(options.against ?? shippedReferenceFolder);
  const progress = new ProgressLine();
  const reports = folders.map((folder, index) => {
    const reference = readReferenceRun(folder);
    const place = `run ${index + 1} of ${folders.length}`;
    return verify(reference, (simulatedMs, durationMs) => {
      progress.show([`${percentText(simulatedMs, durationMs)}  ${reference.name}`, place]);
    });
  });
  progress.clear();
  const text = options.json
    ? `${JSON.stringify(reports, null, 2)}\n`
    : verificationText(reports, palette(process.stdout));
  process.stdout.write(text);
  if (reports.some(({ passed }) => !passed)) process.exitCode = exitCodes.failed;
}
