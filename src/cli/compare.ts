import type { Command } from "commander";
import { writeNote } from "../terminal/streams.ts";
import { timeMs } from "./arguments/option-values.ts";
import { helpExamples } from "./help-examples.ts";

interface CompareOptions {
  readonly json?: boolean;
  readonly from?: number;
  readonly to?: number;
}

export function defineCommand(command: Command): void {
  command
    .description(
      "Compares two recorded runs over their common time: first differing spike, parameters and " +
        "network; rates, interspike intervals, correlations, spectra, scale factors and plastic " +
        "gains. A branch is compared with its parent from the start of the branch.",
    )
    .argument("<dir-a>", "directory of run A")
    .argument("<dir-b>", "directory of run B")
    .option("--from <s>", "start of the time range, simulated s", timeMs)
    .option("--to <s>", "end of the time range, simulated s", timeMs)
    .option("--json", "print all results as JSON")
    .addHelpText(
      "after",
      helpExamples([
        ["isocortex compare runs/training runs/training-with-scaling", "the effect of scaling"],
        ["isocortex compare runs/a runs/b --from 800 --to 1600", "a time range of 800 s"],
        ["isocortex compare runs/a runs/b --json | jq .identicalSpikes", "for a script"],
      ]),
    )
    .action(compare);
}

async function compare(a: string, b: string, { json, from, to }: CompareOptions): Promise<void> {
  const { openHistory } = await import("../runs/history.ts");
  const { compareRuns } = await import("../measures/comparison.ts");
  const comparison = compareRuns(openHistory(a, writeNote), openHistory(b, writeNote), {
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
    const { statisticsJson } = await import("../terminal/statistics-sections.ts");
    process.stdout.write(statisticsJson(told));
    return;
  }
  const { comparisonText } = await import("../terminal/comparison.ts");
  process.stdout.write(comparisonText(told));
}
