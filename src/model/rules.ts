import { type NumberDefinition, number } from "./parameter-definition.ts";
import { anyTime } from "./parameters/changes.ts";

/*
 * Rules besides those of the published model, all off by default. Here a rule is registered: what
 * kind of rule it is, what it acts on, and its parameters. Its equations are in the file of its
 * name in src/rules, as functions that are passed these parameters, in this order, last;
 * `npm run build:kernel` compiles them into the kernel. See docs/how-to.
 */

interface Registration {
  /** Title of one line. */
  readonly title: string;
  /** The parameter that turns it on, if above 0. */
  readonly on: string;
  readonly parameters: Readonly<Record<string, NumberDefinition<number>>>;
}

/**
 * A rule for plastic gains, local to the synapse: it sees when spikes arrive there and when the
 * postsynaptic cell fires, through traces of both, which rise by 1 and decay exponentially.
 *
 * Functions: `afterArrival(gain, spikes, slow, …)`, with the two traces of the postsynaptic cell's
 * spikes, and `afterSpike(gain, arrivals, slow, …)`, with the trace of arrivals, and the slow one
 * from before the spike. It acts while plasticity is on, in place of pair-based STDP.
 */
export interface PlasticityRule extends Registration {
  readonly kind: "plasticity";
  readonly from: "E" | "I";
  readonly onto: "E" | "I";
  /** The parameters that are the traces' time constants, ms. */
  readonly traces: { readonly arrivals: string; readonly spikes: string; readonly slow: string };
}

/**
 * A homeostasis rule with a variable of each cell, 0 at first, that time and the cell's own spikes
 * change: `valueAfter(value, elapsedMs, …)`, `valueAfterSpike(value, …)`, `effectOf(value, …)`.
 *
 * The effect is added to the threshold of E cells, mV, or multiplies the depression by STDP of
 * synapses onto the cell.
 */
export type HomeostasisRule = Registration &
  (
    | {
        readonly kind: "threshold";
        /** The parameter that bounds the effect's magnitude, mV. */
        readonly bound: string;
      }
    | { readonly kind: "depression" }
  );

export type Rule = PlasticityRule | HomeostasisRule;

/**
 * A parameter of a rule: ours, as the published models have no such rules. A branch can turn a rule
 * on or change it, and runs with other values share no past.
 */
const parameter = (
  fields: Pick<NumberDefinition<number>, "doc" | "default" | "unit" | "range" | "aboveMin">,
) => number({ ...fields, models: { 2013: null }, matters: "from the beginning", changes: anyTime });

/** All rules, by the names of their files in camel case. */
export const rules = {
  inhibitoryStdp: {
    kind: "plasticity",
    title: "Inhibitory STDP (Vogels et al. 2011)",
    from: "I",
    onto: "E",
    on: "inhibitoryStdpIncrement",
    traces: {
      arrivals: "inhibitoryStdpTimeConstantMs",
      spikes: "inhibitoryStdpTimeConstantMs",
      slow: "inhibitoryStdpTimeConstantMs",
    },
    parameters: {
      inhibitoryStdpIncrement: parameter({
        doc: "Step η of inhibitory STDP of I→E plastic gains; 0 for none.",
        default: 0,
        unit: "1",
        range: [0, 1e6],
      }),
      inhibitoryStdpTargetHz: parameter({
        doc: "Target firing rate of inhibitory STDP.",
        default: 5,
        unit: "Hz",
        range: [0, 1000],
      }),
      inhibitoryStdpTimeConstantMs: parameter({
        doc: "Time constant of inhibitory STDP's traces.",
        default: 20,
        unit: "ms",
        range: [0, 1e6],
        aboveMin: true,
      }),
      inhibitoryStdpMaximum: parameter({
        doc: "Upper bound of I→E plastic gains.",
        default: 10,
        unit: "1",
        range: [0, 1e6],
        aboveMin: true,
      }),
    },
  },
  tripletStdp: {
    kind: "plasticity",
    title: "Triplet STDP (Pfister & Gerstner 2006)",
    from: "E",
    onto: "E",
    on: "tripletPotentiation",
    traces: {
      arrivals: "tripletArrivalTimeConstantMs",
      spikes: "tripletSpikeTimeConstantMs",
      slow: "tripletSlowTimeConstantMs",
    },
    parameters: {
      tripletPotentiation: parameter({
        doc: "Step A₃⁺ of triplet STDP, in place of pair-based STDP of E→E gains; 0 for none.",
        default: 0,
        unit: "1",
        range: [0, 1e6],
      }),
      tripletDepression: parameter({
        doc: "Step A₂⁻ of triplet STDP.",
        default: 7.1e-3,
        unit: "1",
        range: [0, 1e6],
      }),
      tripletArrivalTimeConstantMs: parameter({
        doc: "Time constant of triplet STDP's trace of arrivals, τ₊.",
        default: 16.8,
        unit: "ms",
        range: [0, 1e6],
        aboveMin: true,
      }),
      tripletSpikeTimeConstantMs: parameter({
        doc: "Time constant of triplet STDP's fast trace of postsynaptic spikes, τ₋.",
        default: 33.7,
        unit: "ms",
        range: [0, 1e6],
        aboveMin: true,
      }),
      tripletSlowTimeConstantMs: parameter({
        doc: "Time constant of triplet STDP's slow trace of postsynaptic spikes, τ_y.",
        default: 114,
        unit: "ms",
        range: [0, 1e6],
        aboveMin: true,
      }),
      tripletMaximum: parameter({
        doc: "Upper bound of gains under triplet STDP.",
        default: 10,
        unit: "1",
        range: [0, 1e6],
        aboveMin: true,
      }),
    },
  },
  intrinsicThreshold: {
    kind: "threshold",
    title: "Homeostasis of the threshold of E cells",
    on: "intrinsicThresholdStepMv",
    bound: "intrinsicThresholdBoundMv",
    parameters: {
      intrinsicThresholdStepMv: parameter({
        doc: "Rise of an E cell's threshold at each of its spikes; 0 for no intrinsic homeostasis.",
        default: 0,
        unit: "mV",
        range: [0, 1000],
      }),
      intrinsicThresholdTargetHz: parameter({
        doc: "Firing rate at which the threshold's steps and its linear decrease balance.",
        default: 1,
        unit: "Hz",
        range: [0, 1000],
      }),
      intrinsicThresholdBoundMv: parameter({
        doc: "Largest shift of a threshold by intrinsic homeostasis.",
        default: 5,
        unit: "mV",
        range: [0, 20],
      }),
    },
  },
  rateDetector: {
    kind: "depression",
    title: "Depression by a fast rate detector (Zenke et al. 2013)",
    on: "rateDetectorTargetHz",
    parameters: {
      rateDetectorTargetHz: parameter({
        doc: "Firing rate κ at which depression is as published: it is multiplied by (ν/κ)²; 0 for none.",
        default: 0,
        unit: "Hz",
        range: [0, 1000],
      }),
      rateDetectorTimeConstantMs: parameter({
        doc: "Time constant of the detector of the postsynaptic firing rate ν.",
        default: 3000,
        unit: "ms",
        range: [0, 1e9],
        aboveMin: true,
      }),
    },
  },
} as const satisfies Readonly<Record<string, Rule>>;

export type RuleName = keyof typeof rules;

type AllOf<U> = (U extends unknown ? (one: U) => void : never) extends (all: infer I) => void
  ? I
  : never;

/** The parameters of all rules. */
export const ruleParameters = Object.assign(
  {},
  ...Object.values(rules).map(({ parameters }) => parameters),
) as AllOf<(typeof rules)[RuleName]["parameters"]>;

/** All rules with their numbers, from 1 on, by which engines know them. */
export const numberedRules: readonly (Rule & {
  readonly number: number;
  readonly name: RuleName;
  /** Place of its first parameter among those of all rules. */
  readonly firstParameter: number;
})[] = Object.entries<Rule>(rules).map(([name, rule], index, all) => ({
  ...rule,
  name: name as RuleName,
  number: index + 1,
  firstParameter: all
    .slice(0, index)
    .reduce((sum, [, { parameters }]) => sum + Object.keys(parameters).length, 0),
}));
