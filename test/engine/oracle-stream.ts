import type { Parameters } from "../../src/model/parameters.ts";
import type { CellClass } from "../../src/model/populations.ts";
import { roundToSixDigits } from "../../src/model/six-digits.ts";
import type { Network } from "../../src/network/network.ts";
import { negativeLogFraction } from "../../src/numeric/logarithm.ts";
import { mcellRan4 } from "../../src/random/mcell-ran4.ts";
import type { InputWeights } from "./oracle-cell.ts";

type Receptor = keyof InputWeights;

/** External weights in mV before the external gain, in the order that numbers the streams. */
const externalWeightMv: readonly (readonly [Receptor, Readonly<Record<CellClass, number>>])[] = [
  ["gabaProximal", { E: 0.125, LTS: 0.125, FS: 0.125 }],
  ["gabaDistal", { E: 0.125, LTS: 0.125, FS: 0.125 }],
  ["ampaDistal", { E: 0.25, LTS: 0.2, FS: 0.275 }],
  ["nmdaDistal", { E: 0.05, LTS: 0.025, FS: 0.1 }],
];

/** One Poisson stream of external input (model specification, section 4). */
export class OracleStream {
  readonly cell: number;
  readonly receptor: Receptor;
  /** External gain included, external factor not. */
  readonly weightMv: number;
  /** Time of its next event; Infinity when it has fallen silent. */
  nextMs = 0;

  readonly #meanIntervalMs: number;
  /** Events yet to come, the one at `nextMs` included. */
  #remaining: number;
  #high = 0;
  #low = 0;

  constructor(
    target: { readonly cell: number; readonly receptor: Receptor; readonly weightMv: number },
    process: { readonly rateHz: number; readonly eventLimit: number; readonly seed: number },
  ) {
    this.cell = target.cell;
    this.receptor = target.receptor;
    this.weightMv = target.weightMv;
    this.#meanIntervalMs = 1000 / process.rateHz;
    this.#remaining = process.eventLimit;
    this.#seed(process.seed);
    this.#drawNext(0);
  }

  /** Goes on after the event at `nextMs`. */
  goOn(): void {
    this.#remaining--;
    this.#drawNext(this.nextMs);
  }

  /** Keeps the interval under way, unless it is the endless one of a word of 0. */
  reseed(seed: number, nowMs: number): void {
    this.#seed(seed);
    if (this.nextMs === Infinity) this.#drawNext(nowMs);
  }

  #drawNext(fromMs: number): void {
    const intervalMs = this.#meanIntervalMs * negativeLogFraction(this.#nextWord());
    this.nextMs = this.#remaining > 0 ? fromMs + intervalMs : Infinity;
  }

  #seed(seed: number): void {
    this.#high = seed;
    this.#low = seed;
    this.#nextWord();
  }

  #nextWord(): number {
    return mcellRan4(this.#high++, this.#low);
  }
}

/** All streams, numbered by receptor and cell; without rate or weight there is none. */
export function oracleStreams(parameters: Parameters, network: Network): OracleStream[] {
  const { baselineDurationS, learningDurationS, recallDurationS } = parameters;
  const durationMs = (learningDurationS + baselineDurationS + recallDurationS) * 1000;
  const spanMs = roundToSixDigits(durationMs + 5000);

  const streams: OracleStream[] = [];
  for (const [receptor, weightMvByClass] of externalWeightMv) {
    for (const { cellClass, firstCell, cellCount } of network.populations) {
      const rateHz = externalRateHz(parameters, receptor, cellClass);
      const weightMv = weightMvByClass[cellClass] * parameters.externalGain;
      if (rateHz === 0 || weightMv === 0) continue;
      const eventLimit = Math.trunc(0.5 + (rateHz * spanMs) / 1000);
      for (let cell = firstCell; cell < firstCell + cellCount; cell++) {
        const seed = parameters.inputSeed + 10 * streams.length;
        streams.push(new OracleStream({ cell, receptor, weightMv }, { rateHz, eventLimit, seed }));
      }
    }
  }
  return streams;
}

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
