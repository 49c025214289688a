import { yieldTurn } from "../host/turns.ts";
import { resolveParameters } from "../model/derived-defaults.ts";
import { Simulation } from "../simulation/advance.ts";
import type { Benchmark, SetUpBenchmark, SpeedBenchmark } from "./catalogue.ts";
import { type ComponentReport, runComponents } from "./components.ts";
import { Contender, nsPerEvent, type Slice, timeInTurn, withContenders } from "./contender.ts";
import { peakMemoryBytes } from "./machine.ts";
import type { BenchmarkOptions } from "./options.ts";
import { type PairsReport, runPairs } from "./pairs.ts";
import { type Spread, spread } from "./spread.ts";
import { runThreads, type ThreadsReport } from "./threads.ts";

export interface SpeedReport {
  readonly kind: "speed";
  readonly cells: number;
  readonly synapses: number;
  /** Simulated time of one measurement, ms. */
  readonly sliceMs: number;
  /** Rates of what was measured, per simulated second. */
  readonly simulatedEventsHz: number;
  readonly simulatedSpikesHz: number;
  readonly nsPerEvent: Spread;
  readonly eventsPerSecond: Spread;
  /** Simulated per wall time. */
  readonly timesRealTime: Spread;
  /** CPU time over wall time: below 1 when other processes had the core meanwhile. */
  readonly coreShare: Spread;
}

export interface SetUpReport {
  readonly kind: "set-up";
  readonly setUpMs: Spread;
}

export type BenchmarkReport = {
  readonly name: string;
  readonly question: string;
  readonly repeats: number;
  /** Of the whole process. */
  readonly peakMemoryBytes: number;
} & (SpeedReport | SetUpReport | ComponentReport | ThreadsReport | PairsReport);

/**
 * Runs a benchmark in this process. For peak memory, and for code compiled for nothing else, it
 * should be the only one.
 *
 * @throws {DOMException} "AbortError", when the signal comes
 */
export async function runBenchmark(
  benchmark: Benchmark,
  options: BenchmarkOptions,
): Promise<BenchmarkReport> {
  const { name, question } = benchmark;
  const result = await resultOf(benchmark, options);
  const { repeats } = options;
  return { name, question, repeats, peakMemoryBytes: peakMemoryBytes(), ...result };
}

function resultOf(benchmark: Benchmark, options: BenchmarkOptions) {
  switch (benchmark.kind) {
    case "speed":
      return runSpeed(benchmark, options);
    case "set-up":
      return runSetUp(benchmark, options);
    case "components":
      return runComponents(options);
    case "threads":
      return runThreads(benchmark, options);
    case "pairs":
      return runPairs(benchmark, options);
  }
}

function runSpeed(benchmark: SpeedBenchmark, options: BenchmarkOptions): Promise<SpeedReport> {
  const { overrides, sliceMs, recorded } = benchmark;
  const create = { column: () => Contender.create(overrides, options.signal, { recorded }) };
  return withContenders(create, async ({ column }) => {
    await settle(column, benchmark);
    const rounds = await timeInTurn({ column }, sliceMs, options);
    const { cellCount, synapseCount } = column.simulation.network;
    const slices = rounds.map((round) => round.column);
    return {
      kind: "speed",
      cells: cellCount,
      synapses: synapseCount,
      sliceMs,
      simulatedEventsHz: rateHz(slices, "cellEvents"),
      simulatedSpikesHz: rateHz(slices, "spikes"),
      ...speedOf(slices),
    };
  });
}

/** Spikes per cell from which on a column counts as hyperactive; at rest, there are 2. */
const HYPERACTIVE_HZ = 50;

async function settle(contender: Contender, benchmark: SpeedBenchmark): Promise<void> {
  const { cellCount } = contender.simulation.network;
  await contender.advance(benchmark.settleMs);
  if (!benchmark.untilHyperactive) return;
  for (let rateHz = 0; rateHz < HYPERACTIVE_HZ; ) {
    const { spikes, simulatedMs } = await contender.advance(1000);
    rateHz = (1000 * spikes) / simulatedMs / cellCount;
  }
}

function speedOf(slices: readonly Slice[]) {
  return {
    nsPerEvent: spread(slices.map(nsPerEvent)),
    eventsPerSecond: spread(slices.map(({ cellEvents, wallMs }) => (1000 * cellEvents) / wallMs)),
    timesRealTime: spread(slices.map(({ simulatedMs, wallMs }) => simulatedMs / wallMs)),
    coreShare: spread(slices.map(({ cpuMs, wallMs }) => cpuMs / wallMs)),
  };
}

function rateHz(slices: readonly Slice[], what: "cellEvents" | "spikes"): number {
  const sum = (key: "cellEvents" | "spikes" | "simulatedMs") =>
    slices.reduce((total, slice) => total + slice[key], 0);
  return (1000 * sum(what)) / sum("simulatedMs");
}

async function runSetUp(
  { overrides }: SetUpBenchmark,
  { repeats, signal }: BenchmarkOptions,
): Promise<SetUpReport> {
  const parameters = resolveParameters(overrides);
  const wallMs: number[] = [];
  while (wallMs.length < repeats) {
    await yieldTurn();
    signal.throwIfAborted();
    const begun = performance.now();
    new Simulation(parameters);
    wallMs.push(performance.now() - begun);
  }
  return { kind: "set-up", setUpMs: spread(wallMs) };
}
