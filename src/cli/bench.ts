import { Argument, type Command } from "commander";
import { type Benchmark, benchmarks } from "../bench/catalogue.ts";
import { describeMachine, type Machine } from "../bench/machine.ts";
import type { BenchmarkReport } from "../bench/measurement.ts";
import type { Spread } from "../bench/spread.ts";
import { program as self } from "../host/package.ts";
import { ProgressLine } from "../terminal/progress-line.ts";
import { bytesText, countText, shortNumber } from "../terminal/quantities.ts";
import { type Palette, palette, printJson } from "../terminal/streams.ts";
import { textTable, wrapText } from "../terminal/text-table.ts";
import { wholeNumber } from "./arguments/option-values.ts";
import { helpExamples } from "./help-examples.ts";

interface BenchOptions {
  readonly repeats: number;
  readonly json?: boolean;
}

const MOST_REPEATS = 100;

export function defineCommand(command: Command): void {
  command
    .description(
      "Measures the simulation speed of this machine: medians with extremes. " +
        "Each benchmark runs in a separate process; all take about a minute.",
    )
    .addArgument(
      new Argument("[name...]", "benchmarks to run (default: all except those on request)").choices(
        benchmarks.map(({ name }) => name),
      ),
    )
    .option("--repeats <n>", "measurements per benchmark", wholeNumber(1, MOST_REPEATS), 5)
    .option("--json", "print all results as JSON")
    .addHelpText("after", benchmarkList())
    .addHelpText(
      "after",
      helpExamples([
        ["isocortex bench", "everything"],
        [
          "isocortex bench baseline hyperactive --repeats 20",
          "two benchmarks with higher precision",
        ],
        ["isocortex bench --json > speed.json", "for a script"],
      ]),
    )
    .action(bench);
}

function benchmarkList(): string {
  const entries = benchmarks.map(({ name, question, onRequest }) => {
    const note = onRequest ? " (only on request)" : "";
    return `  ${name}${note}\n${wrapText(question, 80, "      ")}`;
  });
  return `\nBenchmarks:\n${entries.join("")}`;
}

async function bench(names: readonly string[], options: BenchOptions): Promise<void> {
  const chosen = benchmarks.filter(({ name, onRequest }) =>
    names.length > 0 ? names.includes(name) : !onRequest,
  );
  const machine = describeMachine();
  const { heedInterruption } = await import("../host/interruption.ts");
  const interruption = heedInterruption();
  const reports = await runAll(chosen, options, interruption.signal).finally(interruption.release);
  if (options.json) printJson({ program: self, machine, benchmarks: reports });
  else process.stdout.write(reportText(machine, reports, palette(process.stdout)));
}

/** Runs one benchmark here; several, each in a process of its own. */
async function runAll(
  chosen: readonly Benchmark[],
  options: BenchOptions,
  signal: AbortSignal,
): Promise<BenchmarkReport[]> {
  const { runBenchmark } = await import("../bench/measurement.ts");
  const { runInProcess } = await import("../bench/process.ts");
  if (chosen.length === 1) {
    return [await runBenchmark(chosen[0]!, { repeats: options.repeats, signal })];
  }
  const progress = new ProgressLine();
  const reports: BenchmarkReport[] = [];
  const shared = ["--json", "--repeats", String(options.repeats)];
  for (const [index, { name }] of chosen.entries()) {
    progress.show([name, `benchmark ${index + 1} of ${chosen.length}`]);
    reports.push(await runInProcess(name, ["bench", name, ...shared], signal));
  }
  progress.clear();
  return reports;
}

type ReportOf<K extends BenchmarkReport["kind"]> = Extract<BenchmarkReport, { kind: K }>;

const ofKind = <K extends BenchmarkReport["kind"]>(reports: readonly BenchmarkReport[], kind: K) =>
  reports.filter((report): report is ReportOf<K> => report.kind === kind);

function reportText(machine: Machine, reports: readonly BenchmarkReport[], paint: Palette): string {
  const speeds = ofKind(reports, "speed");
  const sections = [
    machineText(machine),
    speeds.length > 0 ? speedTable(speeds, paint) : "",
    ...ofKind(reports, "set-up").map(({ setUpMs, peakMemoryBytes }) => {
      const memory = bytesText(peakMemoryBytes);
      return `Set-up of the published training: ${rangeText(setUpMs)} ms, peak memory ${memory}\n`;
    }),
    ...ofKind(reports, "components").map((report) => componentTable(report, paint)),
    ...ofKind(reports, "pairs").map((report) => pairsTable(report, paint)),
    ...ofKind(reports, "threads").map((report) => threadsTable(report, paint)),
  ];
  return sections.filter((section) => section !== "").join("\n");
}

function machineText({ cpu, cores, memoryBytes, system, node, load }: Machine): string {
  const busy = load >= 0.5 ? `; other load: ${load.toFixed(1)}` : "";
  return `${cpu}, ${cores} cores, ${bytesText(memoryBytes)}, ${system}, Node.js ${node}${busy}\n`;
}

const right = (heading: string) => ({ heading, align: "right" }) as const;

function speedTable(reports: readonly ReportOf<"speed">[], paint: Palette): string {
  return textTable(
    [
      { heading: "benchmark" },
      right("cells"),
      right("spikes/s"),
      right("M events/s"),
      right("× real time"),
      right("ns per event"),
      right("of a core"),
      right("peak memory"),
    ],
    reports.map(speedRow),
    paint.bold,
  );
}

function speedRow(report: ReportOf<"speed">): string[] {
  const { eventsPerSecond, timesRealTime, nsPerEvent, coreShare } = report;
  return [
    report.name,
    countText(report.cells),
    countText(report.simulatedSpikesHz),
    shortNumber(eventsPerSecond.median / 1e6),
    shortNumber(timesRealTime.median),
    rangeText(nsPerEvent),
    `${Math.round(100 * coreShare.median)} %`,
    bytesText(report.peakMemoryBytes),
  ];
}

function componentTable(report: ReportOf<"components">, paint: Palette): string {
  const row = ([component, ns]: [string, Spread]) => [component, rangeText(ns)];
  const total = ["total, measured", rangeText(report.nsPerEvent)];
  return textTable(
    [{ heading: "part" }, right("ns per event")],
    [...Object.entries(report.components).map(row), total],
    paint.bold,
  );
}

function pairsTable({ variants }: ReportOf<"pairs">, paint: Palette): string {
  const headings = ["M events/s", "× real time", "relative speed", "relative cost of an event"];
  const rows = variants.map((one, index) => [
    one.name,
    shortNumber((one.simulatedEventsHz * one.timesRealTime.median) / 1e6),
    rangeText(one.timesRealTime),
    ...[one.relativeSpeed, one.relativeEventCost].map((all) => (index > 0 ? rangeText(all) : "")),
  ]);
  return textTable([{ heading: "variant" }, ...headings.map(right)], rows, paint.bold);
}

function threadsTable({ sizes }: ReportOf<"threads">, paint: Palette): string {
  return textTable(
    [
      right("size factor"),
      right("cells"),
      right("other processes"),
      right("threads"),
      right("× real time"),
      right("speed-up"),
      right("in all"),
      right("together"),
    ],
    sizes.flatMap(({ sizeFactor, cells, competitors, threads }) =>
      threads.map((one, index) => [
        ...(index === 0 ? [sizeFactor, countText(cells), competitors].map(String) : ["", "", ""]),
        String(one.threads),
        shortNumber(one.timesRealTime.median),
        ...(index === 0
          ? ["", "", ""]
          : [
              rangeText(one.speedUp),
              shortNumber(one.wholeSpeedUp),
              `${Math.round(100 * one.together)} %`,
            ]),
      ]),
    ),
    paint.bold,
  );
}

/** "37.1 (36.2–41.0)": median and extremes. */
const rangeText = ({ median, min, max }: Spread): string =>
  `${signed(median)} (${signed(min)}–${signed(max)})`;

/** Differences may come out below zero. */
const signed = (value: number): string =>
  value < 0 ? `−${shortNumber(-value)}` : shortNumber(value);
