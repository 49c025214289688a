import type { PairsBenchmark } from "./catalogue.ts";
import { Contender, type Slice, timeInTurn, withContenders } from "./contender.ts";
import type { BenchmarkOptions } from "./options.ts";
import { type Spread, spread } from "./spread.ts";

/** Speed of experiments, by processor time, compared with the first of them. */
export interface PairsReport {
  readonly kind: "pairs";
  readonly variants: readonly {
    readonly name: string;
    readonly simulatedEventsHz: number;
    /** Simulated time over processor time. */
    readonly timesRealTime: Spread;
    /** That of this one over the first's, measurement by measurement. */
    readonly relativeSpeed: Spread;
    /** Processor time of an event, over that of the first's. */
    readonly relativeEventCost: Spread;
  }[];
}

export function runPairs(
  { variants, settleMs, sliceMs }: PairsBenchmark,
  options: BenchmarkOptions,
): Promise<PairsReport> {
  const create = Object.fromEntries(
    Object.entries(variants).map(([name, overrides]) => [
      name,
      () => Contender.create(overrides, options.signal),
    ]),
  );
  return withContenders(create, async (contenders) => {
    for (const contender of Object.values(contenders)) await contender.advance(settleMs);
    const rounds = await timeInTurn(contenders, sliceMs, options);
    const first = Object.keys(variants)[0]!;
    return {
      kind: "pairs",
      variants: Object.keys(variants).map((name) => compared(name, first, rounds)),
    };
  });
}

function compared(name: string, first: string, rounds: readonly Readonly<Record<string, Slice>>[]) {
  const slices = rounds.map((round) => round[name]!);
  const sum = (key: "cellEvents" | "simulatedMs") =>
    slices.reduce((so, slice) => so + slice[key], 0);
  return {
    name,
    simulatedEventsHz: (1000 * sum("cellEvents")) / sum("simulatedMs"),
    timesRealTime: spread(slices.map(timesRealTime)),
    relativeSpeed: spread(
      rounds.map((round) => timesRealTime(round[name]!) / timesRealTime(round[first]!)),
    ),
    relativeEventCost: spread(
      rounds.map((round) => eventCostMs(round[name]!) / eventCostMs(round[first]!)),
    ),
  };
}

const eventCostMs = ({ cpuMs, cellEvents }: Slice): number => cpuMs / cellEvents;

const timesRealTime = ({ simulatedMs, cpuMs }: Slice): number => simulatedMs / cpuMs;
