import type { Parameters } from "../model/parameters.ts";
import type { Network } from "../network/network.ts";
import { exponential } from "../numeric/exponential.ts";
import type { Cell } from "./cell.ts";

const windowMs = 120;
const timeConstantMs = 20;

/** STDP by spike times at the somata (docs/model.md, STDP). */
export class Plasticity {
  /** Plastic gain per synapse; those of I sources stay 1. */
  readonly gain: Float64Array;
  #parameters: Parameters;
  readonly #network: Network;
  readonly #cells: readonly Cell[];

  constructor(parameters: Parameters, network: Network, cells: readonly Cell[]) {
    this.gain = new Float64Array(network.synapseCount).fill(1);
    this.#parameters = parameters;
    this.#network = network;
    this.#cells = cells;
  }

  changeParameters(parameters: Parameters): void {
    this.#parameters = parameters;
  }

  /** What a spike of `cell` at `nowMs`, already its last-spike time, does to the gains. */
  spike(cell: number, nowMs: number): void {
    const { learningDurationS, plasticityStartMs, plasticityEndMs } = this.#parameters;
    const active = learningDurationS > 0 && nowMs >= plasticityStartMs && nowMs <= plasticityEndMs;
    if (!active) return;
    this.#potentiateInputs(cell, nowMs);
    if (this.#cells[cell]!.isExcitatory) this.#depressOutputs(cell, nowMs);
  }

  #potentiateInputs(cell: number, nowMs: number): void {
    const { increment, maximum } = this.#ruleOnto(cell);
    this.#cells.forEach((source, sourceCell) => {
      const elapsedMs = nowMs - source.lastSpikeMs;
      if (!source.isExcitatory || elapsedMs > windowMs) return;
      for (const synapse of this.#synapsesOf(sourceCell)) {
        if (this.#network.postsynaptic[synapse] !== cell) continue;
        const gain = this.gain[synapse]!;
        const step = increment * (1 - gain / maximum) * exponential(-(elapsedMs / timeConstantMs));
        this.gain[synapse] = Math.max(gain + step, 0);
      }
    });
  }

  #depressOutputs(cell: number, nowMs: number): void {
    for (const synapse of this.#synapsesOf(cell)) {
      const target = this.#network.postsynaptic[synapse]!;
      const elapsedMs = nowMs - this.#cells[target]!.lastSpikeMs;
      if (elapsedMs >= windowMs) continue;
      const { increment, maximum } = this.#ruleOnto(target);
      const gain = this.gain[synapse]!;
      const step = increment * (gain / maximum) * exponential(-(elapsedMs / timeConstantMs));
      this.gain[synapse] = Math.max(gain - step, 0);
    }
  }

  #ruleOnto(target: number): { readonly increment: number; readonly maximum: number } {
    const p = this.#parameters;
    return this.#cells[target]!.isExcitatory
      ? { increment: p.plasticIncrementEE, maximum: p.plasticMaximumEE }
      : { increment: p.plasticIncrementEI, maximum: p.plasticMaximumEI };
  }

  *#synapsesOf(cell: number): Iterable<number> {
    const { firstSynapse } = this.#network;
    for (let k = firstSynapse[cell]!; k < firstSynapse[cell + 1]!; k++) yield k;
  }
}
