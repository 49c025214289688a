import { usableCores } from "../host/usable-cores.ts";
import type { ParameterOverrides } from "../model/parameters.ts";
import { baseline, type ThreadsBenchmark } from "./catalogue.ts";
import { amongCompetitors } from "./competitors.ts";
import { Contender, nsPerEvent, timeInTurn, withContenders } from "./contender.ts";
import type { BenchmarkOptions } from "./options.ts";
import { type Spread, spread } from "./spread.ts";

/** Speed-up of one network by several threads. */
export interface ThreadsReport {
  readonly kind: "threads";
  readonly sizes: readonly {
    readonly sizeFactor: number;
    readonly cells: number;
    /** Other processes that want a core each. */
    readonly competitors: number;
    readonly threads: readonly {
      readonly threads: number;
      readonly timesRealTime: Spread;
      /** Time of one thread over that of these, measurement by measurement, and in all. */
      readonly speedUp: Spread;
      readonly wholeSpeedUp: number;
      /** Part of the simulated time in which all of them served. */
      readonly together: number;
    }[];
  }[];
}

/** Simulated before anything is measured, ms of a column: threads begin meanwhile. */
const SETTLE_MS = 1_500_000;

/** Times networks of several sizes with one thread, two, and so on up to one for each core. */
export async function runThreads(
  { sizeFactors, competitors, sliceMs, overrides = {} }: ThreadsBenchmark,
  options: BenchmarkOptions,
): Promise<ThreadsReport> {
  const sizes: ThreadsReport["sizes"][number][] = [];
  for (const sizeFactor of sizeFactors) {
    for (const count of competitors) {
      const network = { ...baseline, ...overrides, sizeFactor };
      const measure = () => runSize(network, count, sliceMs, options);
      sizes.push(await amongCompetitors(count, measure));
    }
  }
  return { kind: "threads", sizes };
}

/** @param columnMs simulated time of one measurement, ms of a column of the published size */
function runSize(
  overrides: ParameterOverrides & { readonly sizeFactor: number },
  competitors: number,
  columnMs: number,
  options: BenchmarkOptions,
) {
  const { sizeFactor, columnsX = 1, columnsY = 1 } = overrides;
  const size = sizeFactor * columnsX * columnsY;
  const sliceMs = columnMs / size;
  const most = Math.max(2, usableCores());
  const counts = Array.from({ length: most }, (_, k) => String(k + 1));
  const create = Object.fromEntries(
    counts.map((count) => [
      count,
      () => Contender.create(overrides, options.signal, { threads: +count }),
    ]),
  );
  return withContenders(create, async (contenders) => {
    for (const contender of Object.values(contenders)) {
      await contender.advance(SETTLE_MS / size);
    }
    const before = togetherMs(contenders);
    const rounds = await timeInTurn(contenders, sliceMs, options);
    const after = togetherMs(contenders);
    const sum = (count: string, quantity: "wallMs" | "simulatedMs") =>
      rounds.reduce((total, round) => total + round[count]![quantity], 0);
    return {
      sizeFactor,
      cells: contenders["1"]!.simulation.network.cellCount,
      competitors,
      threads: counts.map((count) => ({
        threads: Number(count),
        timesRealTime: spread(
          rounds.map((round) => round[count]!.simulatedMs / round[count]!.wallMs),
        ),
        speedUp: spread(rounds.map((round) => nsPerEvent(round["1"]!) / nsPerEvent(round[count]!))),
        wholeSpeedUp: sum("1", "wallMs") / sum(count, "wallMs"),
        together: (after[count]! - before[count]!) / sum(count, "simulatedMs"),
      })),
    };
  });
}

/** Time that each contender has simulated with all its threads, ms. */
const togetherMs = (contenders: Readonly<Record<string, Contender>>) =>
  Object.fromEntries(
    Object.entries(contenders).map(([count, { simulation }]) => {
      const used = simulation.threadUse.find(({ threads }) => threads > 1);
      return [count, used?.simulatedMs ?? 0];
    }),
  );
