import type { Parameters } from "../model/parameters.ts";
import { numberedRules, type Rule } from "../model/rules.ts";
import type { Network } from "../network/construction.ts";
import type { StateArray, StateArrays } from "./state-arrays.ts";

/* What the rules of model/rules.ts need of an engine: state, tables and settings. */

/** The number of rules there are; entries for each of them in some arrays. */
export const RULE_COUNT = numberedRules.length;

/** Parameters of all rules. */
export const RULE_PARAMETER_COUNT = numberedRules.reduce(
  (sum, { parameters }) => sum + Object.keys(parameters).length,
  0,
);

/** Time constants of a plasticity rule: of arrivals, spikes, and the slow trace of spikes. */
export const TRACE_COUNT = 3;

/** A parameter of a rule, by its name. */
export const parameterValue = (parameters: Parameters, name: string): number =>
  (parameters as unknown as Readonly<Record<string, number>>)[name]!;

/** The rules of a kind that are on. */
export function rulesOn<K extends Rule["kind"]>(parameters: Parameters, kind: K) {
  type OfKind = (typeof numberedRules)[number] & { readonly kind: K };
  return numberedRules.filter(
    (rule): rule is OfKind => rule.kind === kind && parameterValue(parameters, rule.on) > 0,
  );
}

const forEach = (kind: StateArray["kind"], per: "cell" | "synapse", entries: number) =>
  ({ kind, per, initial: new Array<number>(entries).fill(0), branch: "keep" }) as const;

/** Traces of arrivals at synapses and of cells' spikes, as of the last of each. */
const plasticityState = {
  arrivalTrace: { ...forEach("f64", "synapse", 1), owner: "postsynaptic cell" },
  arrivalMs: { ...forEach("f64", "synapse", 1), owner: "postsynaptic cell" },
  spikeTrace: { ...forEach("f64", "cell", 2 * RULE_COUNT), owner: "cell" },
  spikeTraceMs: { ...forEach("f64", "cell", 1), owner: "cell" },
} as const satisfies StateArrays;

/** Variables that act on thresholds, as of the cell's last spike. */
const thresholdState = {
  intrinsicValue: { ...forEach("f64", "cell", RULE_COUNT), owner: "cell" },
  intrinsicMs: { ...forEach("f64", "cell", 1), begins: "now", owner: "cell" },
} as const satisfies StateArrays;

/** Variables that act on depression, which all threads need of any cell. */
const depressionState = {
  detectorValue: { ...forEach("f64", "cell", RULE_COUNT), owner: "all" },
  detectorMs: { ...forEach("f64", "cell", 1), begins: "now", owner: "all" },
} as const satisfies StateArrays;

/** All arrays that rules may add to the state. */
export const ruleState = { ...plasticityState, ...thresholdState, ...depressionState };

/** Those of the rules that are on. */
export function ruleStateOf(parameters: Parameters): StateArrays {
  return {
    ...(rulesOn(parameters, "plasticity").length > 0 && plasticityState),
    ...(rulesOn(parameters, "threshold").length > 0 && thresholdState),
    ...(rulesOn(parameters, "depression").length > 0 && depressionState),
  };
}

/**
 * Number of the rule that governs each synapse's gain in place of STDP, or 0; null if none is on.
 */
export function governingRules(parameters: Parameters, network: Network): Uint8Array | null {
  if (rulesOn(parameters, "plasticity").length === 0) return null;
  const { populations, populationOfCell, firstSynapse, postsynaptic } = network;
  const governing = new Uint8Array(network.synapseCount);
  const kindOf = (cell: number) =>
    populations[populationOfCell[cell]!]!.cellClass === "E" ? "E" : "I";
  for (const { number, from, onto } of rulesOn(parameters, "plasticity")) {
    for (let cell = 0; cell < network.cellCount; cell++) {
      if (kindOf(cell) !== from) continue;
      for (let synapse = firstSynapse[cell]!; synapse < firstSynapse[cell + 1]!; synapse++) {
        if (kindOf(postsynaptic[synapse]!) === onto) governing[synapse] = number;
      }
    }
  }
  return governing;
}

/** Rules that are on, as bits by their numbers. */
const mask = (parameters: Parameters, kind: Rule["kind"]): number =>
  rulesOn(parameters, kind).reduce((bits, { number }) => bits | (1 << number), 0);

/** Active rules, for the kernel. */
export const ruleSettings = (parameters: Parameters) => ({
  plasticityRules: mask(parameters, "plasticity"),
  thresholdRules: mask(parameters, "threshold"),
  depressionRules: mask(parameters, "depression"),
});

/** True if a rule governs the gains of E cells' synapses onto cells of a kind. */
export const governsExcitation = (parameters: Parameters, onto: "E" | "I"): boolean =>
  rulesOn(parameters, "plasticity").some((rule) => rule.from === "E" && rule.onto === onto);

/** Largest reduction of the threshold of E cells by rules, mV. */
export const thresholdFall = (parameters: Parameters): number =>
  rulesOn(parameters, "threshold").reduce(
    (sum, { bound }) => sum + parameterValue(parameters, bound),
    0,
  );
