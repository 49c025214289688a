import type { Parameters } from "../model/parameters.ts";
import { numberedRules, type Rule } from "../model/rules.ts";
import type { Network } from "../network/construction.ts";
import { exponential } from "../numeric/exponential.ts";
import * as calls from "../rules/calls.ts";
import type { Cell } from "./cell.ts";

/** Variables of rules, by cell or synapse and rule: as of the spike or arrival before. */
export interface RuleState {
  arrivals: number[];
  arrivedMs: number[];
  spikes: number[][];
  slow: number[][];
  firedMs: number[];
  threshold: number[][];
  thresholdMs: number[];
  detector: number[][];
  detectorMs: number[];
}

/**
 * The rules of model/rules.ts, all off by default: when which of them acts, and on what. Their
 * equations are those of src/rules, which are tested by themselves.
 */
export class Rules {
  state: RuleState;
  #parameters: Parameters;
  #values: Float64Array;
  readonly #network: Network;
  readonly #cells: readonly Cell[];

  constructor(parameters: Parameters, network: Network, cells: readonly Cell[]) {
    this.#parameters = parameters;
    this.#values = valuesOf(parameters);
    this.#network = network;
    this.#cells = cells;
    this.state = this.#begin(0);
  }

  #begin(nowMs: number): RuleState {
    const forEach = <T>(count: number, value: () => T) => Array.from({ length: count }, value);
    const { cellCount, synapseCount } = this.#network;
    const zero = () => 0;
    const zeroes = () => numberedRules.map(zero);
    return {
      arrivals: forEach(synapseCount, zero),
      arrivedMs: forEach(synapseCount, zero),
      spikes: forEach(cellCount, zeroes),
      slow: forEach(cellCount, zeroes),
      firedMs: forEach(cellCount, zero),
      threshold: forEach(cellCount, zeroes),
      thresholdMs: forEach(cellCount, () => nowMs),
      detector: forEach(cellCount, zeroes),
      detectorMs: forEach(cellCount, () => nowMs),
    };
  }

  /** Rules of a kind that had none begin anew. */
  changeParameters(parameters: Parameters, nowMs: number): void {
    const before = (kind: Rule["kind"]) => this.#on(kind).length > 0;
    const { arrivals, arrivedMs, spikes, slow, firedMs, ...others } = this.state;
    const { threshold, thresholdMs, detector, detectorMs } = others;
    this.state = {
      ...this.#begin(nowMs),
      ...(before("plasticity") && { arrivals, arrivedMs, spikes, slow, firedMs }),
      ...(before("threshold") && { threshold, thresholdMs }),
      ...(before("depression") && { detector, detectorMs }),
    };
    this.#parameters = parameters;
    this.#values = valuesOf(parameters);
  }

  #on<K extends Rule["kind"]>(kind: K) {
    type OfKind = (typeof numberedRules)[number] & { readonly kind: K };
    return numberedRules.filter(
      (rule): rule is OfKind => rule.kind === kind && this.#parameter(rule.on) > 0,
    );
  }

  #parameter(name: string): number {
    return (this.#parameters as unknown as Record<string, number>)[name]!;
  }

  /** The rule that governs gains from one cell to another in place of STDP. */
  governing(source: Cell, target: Cell) {
    const kindOf = ({ isExcitatory }: Cell) => (isExcitatory ? "E" : "I");
    return this.#on("plasticity").find(
      ({ from, onto }) => from === kindOf(source) && onto === kindOf(target),
    );
  }

  /** The gain after a spike of `source` has arrived at a synapse now. */
  gainAfterArrival(synapse: number, source: Cell, gain: number, nowMs: number, learns: boolean) {
    const cell = this.#network.postsynaptic[synapse]!;
    const rule = this.governing(source, this.#cells[cell]!);
    if (!rule) return gain;
    const { state } = this;
    const { number, traces } = rule;
    const sinceMs = nowMs - state.firedMs[cell]!;
    const spikes = this.#decayed(state.spikes[cell]![number - 1]!, sinceMs, traces.spikes);
    const slow = this.#decayed(state.slow[cell]![number - 1]!, sinceMs, traces.slow);
    const elapsedMs = nowMs - state.arrivedMs[synapse]!;
    const arrivals = this.#decayed(state.arrivals[synapse]!, elapsedMs, traces.arrivals);
    state.arrivals[synapse] = arrivals + 1;
    state.arrivedMs[synapse] = nowMs;
    return learns ? calls.gainAfterArrival(number, gain, spikes, slow, this.#values) : gain;
  }

  #decayed(trace: number, elapsedMs: number, timeConstant: string): number {
    return trace * exponential(-(elapsedMs / this.#parameter(timeConstant)));
  }

  /** Changes by a spike of a cell: gains of its inputs, traces, its threshold. */
  noteSpike(cell: number, gain: Float64Array, nowMs: number, learns: boolean): void {
    const { state } = this;
    const sinceMs = nowMs - state.firedMs[cell]!;
    if (learns && this.#on("plasticity").length > 0) this.#changeGains(cell, gain, nowMs);
    for (const { number, traces } of this.#on("plasticity")) {
      const [spikes, slow] = [state.spikes[cell]!, state.slow[cell]!];
      spikes[number - 1] = this.#decayed(spikes[number - 1]!, sinceMs, traces.spikes) + 1;
      slow[number - 1] = this.#decayed(slow[number - 1]!, sinceMs, traces.slow) + 1;
    }
    state.firedMs[cell] = nowMs;
    this.#changeValues("threshold", state.threshold, state.thresholdMs, cell, nowMs);
  }

  #changeGains(cell: number, gain: Float64Array, nowMs: number): void {
    const { firstSynapse, postsynaptic } = this.#network;
    this.#cells.forEach((source, index) => {
      const rule = this.governing(source, this.#cells[cell]!);
      if (!rule) return;
      const slowBefore = this.state.slow[cell]![rule.number - 1]!;
      const slow = this.#decayed(slowBefore, nowMs - this.state.firedMs[cell]!, rule.traces.slow);
      for (let synapse = firstSynapse[index]!; synapse < firstSynapse[index + 1]!; synapse++) {
        if (postsynaptic[synapse] !== cell) continue;
        const elapsedMs = nowMs - this.state.arrivedMs[synapse]!;
        const arrived = this.state.arrivals[synapse]!;
        const arrivals = this.#decayed(arrived, elapsedMs, rule.traces.arrivals);
        const { number } = rule;
        gain[synapse] = calls.gainAfterSpike(number, gain[synapse]!, arrivals, slow, this.#values);
      }
    });
  }

  /** Effect of a cell's spike on the variables that determine the depression of its inputs. */
  noteLearnedSpike(cell: number, nowMs: number): void {
    this.#changeValues("depression", this.state.detector, this.state.detectorMs, cell, nowMs);
  }

  #changeValues(
    kind: "threshold" | "depression",
    values: number[][],
    timesMs: number[],
    cell: number,
    nowMs: number,
  ): void {
    for (const { number } of this.#on(kind)) {
      const value = values[cell]![number - 1]!;
      const present = calls.valueAfter(number, value, nowMs - timesMs[cell]!, this.#values);
      values[cell]![number - 1] = calls.valueAfterSpike(number, present, this.#values);
    }
    timesMs[cell] = nowMs;
  }

  /** Current shift of a cell's threshold, mV. */
  thresholdShiftMv(cell: number, nowMs: number): number {
    if (!this.#cells[cell]!.isExcitatory) return 0;
    const { threshold, thresholdMs } = this.state;
    return this.#effects("threshold", threshold[cell]!, nowMs - thresholdMs[cell]!).reduce(
      (sum, effect) => sum + effect,
      0,
    );
  }

  /** Current factor of the depression of synapses onto a cell. */
  depressionFactor(cell: number, nowMs: number): number {
    const { detector, detectorMs } = this.state;
    return this.#effects("depression", detector[cell]!, nowMs - detectorMs[cell]!).reduce(
      (product, effect) => product * effect,
      1,
    );
  }

  #effects(kind: "threshold" | "depression", values: readonly number[], elapsedMs: number) {
    return this.#on(kind).map(({ number }) => {
      const present = calls.valueAfter(number, values[number - 1]!, elapsedMs, this.#values);
      return calls.effectOf(number, present, this.#values);
    });
  }
}

/** The parameters of all rules, in their order. */
function valuesOf(parameters: Parameters): Float64Array {
  const names = numberedRules.flatMap((rule) => Object.keys(rule.parameters));
  return Float64Array.from(names, (name) => Number(parameters[name as keyof Parameters]));
}
