import { type Command, InvalidArgumentError } from "commander";
import { writeNote } from "../terminal/streams.ts";
import { durationMs, timeMs } from "./arguments/option-values.ts";
import { helpExamples } from "./help-examples.ts";

interface StatisticsOptions {
  readonly json?: boolean;
  readonly from?: number;
  readonly to?: number;
  readonly whole?: boolean;
  readonly bursts?: boolean;
  readonly onsetMultiple?: number;
  readonly onsetSmoothing?: number;
}

export function defineCommand(command: Command): void {
  command
    .description(
      "Statistics of a recorded run, by phase if it has several: rates of its populations, " +
        "interspike intervals and their CV, pairwise correlation, synchrony, peaks of spectra, " +
        "phase locking to training volleys, change of single cells' rates, " +
        "onset of hyperactivity, scale factors, plastic gains and synaptic input. " +
        "Simulates and writes nothing.",
    )
    .argument("<dir>", "directory of the run")
    .option("--from <s>", "start of the time range, simulated s", timeMs)
    .option("--to <s>", "end of the time range, simulated s", timeMs)
    .option("--whole", "all phases pooled, as one time range")
    .option("--bursts", "branching ratios and bursts as well; takes a quarter of the time more")
    .option(
      "--onset-multiple <x>",
      "hyperactive E rate, as a multiple of baseline (default: 10)",
      multiple,
    )
    .option(
      "--onset-smoothing <s>",
      "averaging time of the E rate, s (default: 10, or a tenth of a shorter record)",
      durationMs,
    )
    .option("--json", "print all results as JSON")
    .addHelpText(
      "after",
      helpExamples([
        ["isocortex statistics runs/training", "by phase"],
        ["isocortex statistics runs/training --from 0 --to 800", "its baseline"],
        ["isocortex statistics runs/training --json | jq .onset.onsetMs", "for a script"],
      ]),
    )
    .action(statistics);
}

function multiple(text: string): number {
  const value = Number(text);
  if (text.trim() !== "" && value > 1 && value < Infinity) return value;
  throw new InvalidArgumentError("Expected a number above 1.");
}

async function statistics(directory: string, options: StatisticsOptions): Promise<void> {
  const { openHistory } = await import("../runs/history.ts");
  const { phaseStatistics, runStatistics } = await import("../measures/statistics.ts");
  const { groupsBeside } = await import("../runs/passes/groups.ts");
  const request = {
    fromMs: options.from,
    toMs: options.to,
    hasBursts: options.bursts,
    onsetMultiple: options.onsetMultiple,
    onsetSmoothingMs: options.onsetSmoothing,
  };
  const history = openHistory(directory, writeNote);
  const isOneRange = options.whole || options.from !== undefined || options.to !== undefined;
  const makeGroups = groupsBeside(directory);
  const told =
    (isOneRange ? undefined : phaseStatistics(history, request, makeGroups)) ??
    runStatistics(history, request, makeGroups);
  if (options.json) {
    const { statisticsJson } = await import("../terminal/statistics-sections.ts");
    process.stdout.write(statisticsJson({ directory, ...told }));
    return;
  }
  const { statisticsText } = await import("../terminal/statistics.ts");
  process.stdout.write(statisticsText(directory, told));
}
