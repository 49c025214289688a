import type { Command } from "commander";
import { statisticsJson } from "../terminal/statistics-sections.ts";
import { writeNote } from "../terminal/streams.ts";
import { helpExamples } from "./help-examples.ts";
import { timeMs } from "./option-values.ts";

interface CompareOptions {
  readonly json?: boolean;
  readonly from?: number;
  readonly to?: number;
}

export function defineCommand(command: Command): void {
  command
    .description(
      "Tells how two recorded runs differ: the first spike that is not the same, parameters and " +
        "network, and then rates, interspike intervals, correlations, spectra, scale factors and " +
        "plastic gains, over the time that both have recorded. A branch is compared with its " +
        "parent from the branch on.",
    )
    .argument("<dir-a>", "directory of one run")
    .argument("<dir-b>", "directory of the other")
    .option("--from <s>", "start of what is compared, simulated s", timeMs)
    .option("--to <s>", "end of what is compared, simulated s", timeMs)
    .option("--json", "print everything as JSON")
    .addHelpText(
      "after",
      helpExamples([
        ["isocortex compare runs/training runs/training-with-scaling", "what scaling changes"],
        ["isocortex compare runs/a runs/b --from 800 --to 1600", "eight hundred seconds of it"],
        ["isocortex compare runs/a runs/b --json | jq .identicalSpikes", "for a script"],
      ]),
    )
    .action(compare);
}

async function compare(a: string, b: string, { json, from, to }: CompareOptions): Promise<void> {
  const { openRun } = await import("../runs/opening.ts");
  const { compareRuns } = await import("../measures/comparison.ts");
  const comparison = compareRuns(openRun(a, writeNote), openRun(b, writeNote), {
    fromMs: from,
    toMs: to,
  });
  const { a: one, b: other } = comparison;
  const told = {
    ...comparison,
    a: { directory: a, ...one },
    b: { directory: b, ...other },
  };
  if (json) {
    process.stdout.write(statisticsJson(told));
    return;
  }
  const { comparisonText } = await import("../terminal/comparison.ts");
  process.stdout.write(comparisonText(told));
}
