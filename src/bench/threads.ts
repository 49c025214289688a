import { availableParallelism } from "node:os";
import { baseline, type ThreadsBenchmark } from "./catalogue.ts";
import { Contender, nsPerEvent, timeInTurn, withContenders } from "./contender.ts";
import type { BenchmarkOptions } from "./options.ts";
import { type Spread, spread } from "./spread.ts";

/** Speed-up of one network by several threads. */
export interface ThreadsReport {
  readonly kind: "threads";
  readonly sizes: readonly {
    readonly sizeFactor: number;
    readonly cells: number;
    readonly threads: readonly {
      readonly threads: number;
      readonly timesRealTime: Spread;
      /** Time of one thread over that of these, measurement by measurement. */
      readonly speedUp: Spread;
    }[];
  }[];
}

/** Simulated before anything is measured, and in one measurement, ms of a column. */
const SETTLE_MS = 2500;
const SLICE_MS = 8000;

/** Times networks of several sizes with one thread, two, and so on up to one for each core. */
export async function runThreads(
  { sizeFactors }: ThreadsBenchmark,
  options: BenchmarkOptions,
): Promise<ThreadsReport> {
  const sizes: ThreadsReport["sizes"][number][] = [];
  for (const sizeFactor of sizeFactors) sizes.push(await runSize(sizeFactor, options));
  return { kind: "threads", sizes };
}

function runSize(sizeFactor: number, options: BenchmarkOptions) {
  const most = Math.max(2, availableParallelism());
  const counts = Array.from({ length: most }, (_, k) => String(k + 1));
  const overrides = { ...baseline, sizeFactor };
  const create = Object.fromEntries(
    counts.map((count) => [
      count,
      () => Contender.create(overrides, options.signal, { threads: +count }),
    ]),
  );
  return withContenders(create, async (contenders) => {
    for (const contender of Object.values(contenders)) await contender.advance(SETTLE_MS);
    const rounds = await timeInTurn(contenders, SLICE_MS / sizeFactor, options);
    return {
      sizeFactor,
      cells: contenders["1"]!.simulation.network.cellCount,
      threads: counts.map((count) => ({
        threads: Number(count),
        timesRealTime: spread(
          rounds.map((round) => round[count]!.simulatedMs / round[count]!.wallMs),
        ),
        speedUp: spread(rounds.map((round) => nsPerEvent(round["1"]!) / nsPerEvent(round[count]!))),
      })),
    };
  });
}
