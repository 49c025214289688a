import type { Parameters } from "../model/parameters.ts";
import type { CellClass } from "../model/populations.ts";
import { roundToSixDigits } from "../model/six-digits.ts";
import type { Network } from "../network/construction.ts";
import { populationsByColumn } from "../network/population-ranges.ts";
import { negativeLogFraction } from "../numeric/logarithm.ts";
import { mcellRan4 } from "../random/mcell-ran4.ts";
import type { InputWeights } from "./cell.ts";

type Receptor = keyof InputWeights;

/** External weights in mV before the external gain, in the order that numbers the streams. */
const externalWeightMv: readonly (readonly [Receptor, Readonly<Record<CellClass, number>>])[] = [
  ["gabaProximal", { E: 0.125, LTS: 0.125, FS: 0.125 }],
  ["gabaDistal", { E: 0.125, LTS: 0.125, FS: 0.125 }],
  ["ampaDistal", { E: 0.25, LTS: 0.2, FS: 0.275 }],
  ["nmdaDistal", { E: 0.05, LTS: 0.025, FS: 0.1 }],
];

/** Seeds of neighbouring streams lie this far apart. */
const seedStep = 10;

export interface StreamState {
  /** Time of the next event, ms; Infinity when the stream is silent. */
  readonly nextMs: number;
  /** Events yet to come, the next one included. */
  readonly remaining: number;
  /** The two indices of the stream's generator. */
  readonly high: number;
  readonly low: number;
}

/** One Poisson stream of external input. */
export class ExternalStream {
  readonly cell: number;
  readonly receptor: Receptor;
  /** Its column, and its number among the streams of that. */
  readonly column: number;
  readonly number: number;
  /** External gain included, external factor not. */
  readonly weightMv: number;
  state: StreamState;
  readonly #meanIntervalMs: number;
  readonly #eventLimit: number;
  #mustWake = false;

  constructor(
    target: Pick<ExternalStream, "cell" | "receptor" | "column" | "number" | "weightMv">,
    poisson: { readonly rateHz: number; readonly eventLimit: number; readonly seed: number },
  ) {
    this.cell = target.cell;
    this.receptor = target.receptor;
    this.column = target.column;
    this.number = target.number;
    this.weightMv = target.weightMv;
    this.#meanIntervalMs = 1000 / poisson.rateHz;
    this.#eventLimit = poisson.eventLimit;
    this.state = { nextMs: Infinity, remaining: poisson.eventLimit, ...seeded(poisson.seed) };
    this.#drawNext(0);
  }

  get nextMs(): number {
    return this.state.nextMs;
  }

  /** Goes on after the event at `nextMs`. */
  goOn(): void {
    this.state = { ...this.state, remaining: this.state.remaining - 1 };
    this.#drawNext(this.nextMs);
  }

  /** Gives the generator a seed and keeps the interval under way. */
  seed(seed: number): void {
    this.state = { ...this.state, ...seeded(seed) };
  }

  /** Is silent until it is woken. */
  end(): void {
    this.state = { ...this.state, nextMs: Infinity };
  }

  /** Draws an interval from `nowMs` on where none is under way. */
  resume(nowMs: number): void {
    if (this.nextMs === Infinity && this.state.remaining > 0) this.#drawNext(nowMs);
  }

  /**
   * Continues an earlier stream to the same target at this one's rate.
   *
   * The rest of the interval under way is stretched with the mean interval. The event limit counts
   * what was sent or, at another rate, would have been sent at that rate.
   */
  succeed(earlier: ExternalStream, nowMs: number): void {
    const { remaining, nextMs } = earlier.state;
    const sameRate = this.#meanIntervalMs === earlier.#meanIntervalMs;
    const sent = sameRate
      ? earlier.#eventLimit - remaining
      : Math.floor(nowMs / this.#meanIntervalMs);
    const left = Math.max(0, this.#eventLimit - sent);
    const stretchedMs = nowMs + (nextMs - nowMs) * (this.#meanIntervalMs / earlier.#meanIntervalMs);
    const keptMs = sameRate ? nextMs : stretchedMs;
    this.state = { ...earlier.state, remaining: left, nextMs: left === 0 ? Infinity : keptMs };
    this.#mustWake = remaining === 0 && left > 0;
  }

  /** Begins in the middle of a run. */
  begin(seed: number): void {
    this.state = { ...this.state, ...seeded(seed), nextMs: Infinity };
    this.#mustWake = true;
  }

  /** Draws the first event of a stream that has begun, or that may send again. */
  wake(nowMs: number): void {
    if (this.#mustWake) this.#drawNext(nowMs);
    this.#mustWake = false;
  }

  #drawNext(fromMs: number): void {
    const { remaining, high, low } = this.state;
    const intervalMs = this.#meanIntervalMs * negativeLogFraction(mcellRan4(high, low));
    const nextMs = remaining > 0 ? fromMs + intervalMs : Infinity;
    this.state = { ...this.state, nextMs, high: high + 1 };
  }
}

/** Both indices are the seed, and one draw is consumed. */
const seeded = (seed: number) => ({ high: seed + 1, low: seed });

/** All streams, column by column, numbered in each by receptor and cell. */
export function externalStreams(parameters: Parameters, network: Network): ExternalStream[] {
  return populationsByColumn(network.populations).flatMap((populations, column) =>
    streamsOfColumn(parameters, populations, column),
  );
}

/** Without rate or weight there is no stream. */
function streamsOfColumn(
  parameters: Parameters,
  populations: Network["populations"],
  column: number,
): ExternalStream[] {
  const { baselineDurationS, learningDurationS, recallDurationS } = parameters;
  const durationMs = (learningDurationS + baselineDurationS + recallDurationS) * 1000;
  const spanMs = roundToSixDigits(durationMs + 5000);

  const streams: ExternalStream[] = [];
  for (const [receptor, weightMvByClass] of externalWeightMv) {
    for (const { cellClass, firstCell, cellCount } of populations) {
      const rateHz = externalRateHz(parameters, receptor, cellClass);
      const weightMv = weightMvByClass[cellClass] * parameters.externalGain;
      if (rateHz === 0 || weightMv === 0) continue;
      const eventLimit = Math.trunc(0.5 + (rateHz * spanMs) / 1000);
      for (let cell = firstCell; cell < firstCell + cellCount; cell++) {
        const target = { cell, receptor, column, number: streams.length, weightMv };
        const seed = streamSeed(parameters, target);
        streams.push(new ExternalStream(target, { rateHz, eventLimit, seed }));
      }
    }
  }
  return streams;
}

/** The streams of a network whose parameters change at `nowMs`: earlier ones go on, others begin. */
export function succeedingStreams(
  earlier: readonly ExternalStream[],
  parameters: Parameters,
  network: Network,
  nowMs: number,
): ExternalStream[] {
  const streams = externalStreams(parameters, network);
  const unused: Record<number, number> = {};
  for (const { column, number } of earlier) unused[column] = number + 1;
  for (const stream of streams) {
    const before = earlier.find(
      ({ cell, receptor }) => cell === stream.cell && receptor === stream.receptor,
    );
    if (before) stream.succeed(before, nowMs);
    else {
      const { column } = stream;
      const number = unused[column] ?? 0;
      unused[column] = number + 1;
      stream.begin(streamSeed(parameters, { column, number }));
    }
  }
  return streams;
}

/** A column's input seed is the first column's times its number from 1 on. */
export const streamSeed = (
  { inputSeed, sameSeedsInColumns }: Parameters,
  { column, number }: Pick<ExternalStream, "column" | "number">,
): number =>
  ((inputSeed * (sameSeedsInColumns ? 1 : column + 1)) % 0x100000000) + seedStep * number;

function externalRateHz(parameters: Parameters, receptor: Receptor, cellClass: CellClass): number {
  const excitatory = cellClass === "E";
  switch (receptor) {
    case "ampaDistal":
      return excitatory ? parameters.externalAmpaRateEHz : parameters.externalAmpaRateIHz;
    case "nmdaDistal":
      return parameters.externalNmdaRateHz;
    default:
      return excitatory ? parameters.externalGabaRateEHz : parameters.externalGabaRateIHz;
  }
}
