import type { Parameters } from "../model/parameters.ts";
import type { Network } from "../network/construction.ts";
import { exponential } from "../numeric/exponential.ts";
import type { Cell } from "./cell.ts";
import type { Rules } from "./rules.ts";

const windowMs = 120;
const timeConstantMs = 20;

/** STDP by spike times at the somata (docs/model.md, STDP). */
export class Plasticity {
  /** Plastic gain per synapse; those of I sources stay 1 unless a rule governs them. */
  readonly gain: Float64Array;
  #parameters: Parameters;
  /** Time at which STDP acts, once it was turned on or off; else the parameters say when. */
  #period: { readonly startMs: number; readonly endMs: number } | undefined;
  readonly #network: Network;
  readonly #rules: Rules;
  readonly #cells: readonly Cell[];

  constructor(parameters: Parameters, network: Network, cells: readonly Cell[], rules: Rules) {
    this.#rules = rules;
    this.gain = new Float64Array(network.synapseCount).fill(1);
    this.#parameters = parameters;
    this.#network = network;
    this.#cells = cells;
  }

  changeParameters(parameters: Parameters): void {
    this.#parameters = parameters;
  }

  turnOn(nowMs: number): void {
    this.#period = { startMs: nowMs, endMs: Infinity };
  }

  turnOff(nowMs: number): void {
    const { startMs, endMs } = this.#time;
    this.#period = { startMs, endMs: Math.min(endMs, nowMs) };
  }

  get #time() {
    const { learningDurationS, plasticityStartMs, plasticityEndMs } = this.#parameters;
    if (this.#period) return this.#period;
    return learningDurationS > 0
      ? { startMs: plasticityStartMs, endMs: plasticityEndMs }
      : { startMs: Infinity, endMs: -Infinity };
  }

  #isActive(nowMs: number): boolean {
    const { startMs, endMs } = this.#time;
    return nowMs >= startMs && nowMs <= endMs;
  }

  /** Effect of an arrival on the gain of its synapse, after its own effect on the cell. */
  arrival(source: Cell, synapse: number, nowMs: number): void {
    const gain = this.gain[synapse]!;
    const learns = this.#isActive(nowMs);
    this.gain[synapse] = this.#rules.gainAfterArrival(synapse, source, gain, nowMs, learns);
  }

  /** Effect on the gains of a spike of `cell` at `nowMs`, which is already its last-spike time. */
  spike(cell: number, nowMs: number): void {
    const learns = this.#isActive(nowMs);
    this.#rules.noteSpike(cell, this.gain, nowMs, learns);
    if (learns) {
      this.#potentiateInputs(cell, nowMs);
      if (this.#cells[cell]!.isExcitatory) this.#depressOutputs(cell, nowMs);
    }
    this.#rules.noteLearnedSpike(cell, nowMs);
  }

  #potentiateInputs(cell: number, nowMs: number): void {
    const { increment, maximum } = this.#ruleOnto(cell);
    this.#cells.forEach((source, sourceCell) => {
      const elapsedMs = nowMs - source.lastSpikeMs;
      if (!source.isExcitatory || elapsedMs > windowMs) return;
      if (this.#rules.governing(source, this.#cells[cell]!)) return;
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
      if (this.#rules.governing(this.#cells[cell]!, this.#cells[target]!)) continue;
      const { increment, maximum } = this.#ruleOnto(target);
      const gain = this.gain[synapse]!;
      const amount = increment * this.#rules.depressionFactor(target, nowMs);
      const step = amount * (gain / maximum) * exponential(-(elapsedMs / timeConstantMs));
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
