import type { Network } from "../network/construction.ts";
import { excitatoryMask } from "../recording/network-record.ts";

/** Counts spikes of excitatory and inhibitory cells, for the progress of a run. */
export class PopulationCounter {
  readonly #excitatory: Uint8Array;
  readonly #living = { E: 0, I: 0 };
  readonly #spikes = { E: 0, I: 0 };

  /** @param alive 1 for each cell that lives when the counting begins */
  constructor({ populations }: Network, alive: Uint8Array) {
    this.#excitatory = excitatoryMask(populations);
    alive.forEach((one, cell) => {
      this.#living[this.#excitatory[cell] ? "E" : "I"] += one;
    });
  }

  /** Counts the spikes of the first `count` cells listed. */
  count(cells: Uint32Array, count: number): void {
    let excitatory = 0;
    for (let k = 0; k < count; k++) excitatory += this.#excitatory[cells[k]!]!;
    this.#spikes.E += excitatory;
    this.#spikes.I += count - excitatory;
  }

  /** Takes deleted cells out of the living. */
  remove(cells: readonly number[]): void {
    for (const cell of cells) this.#living[this.#excitatory[cell] ? "E" : "I"]--;
  }

  /** Mean rates per living cell over the last `durationMs`, Hz; begins to count anew. */
  takeRatesHz(durationMs: number): { rateEHz: number; rateIHz: number } {
    const rate = (kind: "E" | "I") =>
      this.#spikes[kind] / (Math.max(1, this.#living[kind]) * (durationMs / 1000) || 1);
    const rates = { rateEHz: rate("E"), rateIHz: rate("I") };
    this.#spikes.E = 0;
    this.#spikes.I = 0;
    return rates;
  }
}
