import { type NumberDefinition, number } from "./parameter-definition.ts";

/*
 * Rules besides those of the published model, all off by default. Here a rule is registered: what
 * kind of rule it is, what it acts on, and its parameters. Its equations are in the file of its
 * name in engine/rules, as functions that are passed these parameters, in this order, last;
 * `npm run build:kernel` compiles them into the kernel. See docs/how-to.
 */

interface Registration {
  /** What it is, in one line. */
  readonly title: string;
  /** The parameter that turns it on, if above 0. */
  readonly on: string;
  readonly parameters: Readonly<Record<string, NumberDefinition>>;
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
      inhibitoryStdpIncrement: number(
        0,
        "1",
        [0, 1e6],
        "Step η of inhibitory STDP of I→E plastic gains; 0 for none.",
      ),
      inhibitoryStdpTargetHz: number(5, "Hz", [0, 1000], "Firing rate that inhibitory STDP seeks."),
      inhibitoryStdpTimeConstantMs: number(
        20,
        "ms",
        [0, 1e6],
        "Time constant of inhibitory STDP's traces.",
        { aboveMin: true },
      ),
      inhibitoryStdpMaximum: number(10, "1", [0, 1e6], "Upper bound of I→E plastic gains.", {
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
      tripletPotentiation: number(
        0,
        "1",
        [0, 1e6],
        "Step A₃⁺ of triplet STDP, in place of pair-based STDP of E→E gains; 0 for none.",
      ),
      tripletDepression: number(7.1e-3, "1", [0, 1e6], "Step A₂⁻ of triplet STDP."),
      tripletArrivalTimeConstantMs: number(
        16.8,
        "ms",
        [0, 1e6],
        "Time constant of triplet STDP's trace of arrivals, τ₊.",
        { aboveMin: true },
      ),
      tripletSpikeTimeConstantMs: number(
        33.7,
        "ms",
        [0, 1e6],
        "Time constant of triplet STDP's fast trace of postsynaptic spikes, τ₋.",
        { aboveMin: true },
      ),
      tripletSlowTimeConstantMs: number(
        114,
        "ms",
        [0, 1e6],
        "Time constant of triplet STDP's slow trace of postsynaptic spikes, τ_y.",
        { aboveMin: true },
      ),
      tripletMaximum: number(10, "1", [0, 1e6], "Upper bound of gains under triplet STDP.", {
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
      intrinsicThresholdStepMv: number(
        0,
        "mV",
        [0, 1000],
        "Rise of an E cell's threshold at each of its spikes; 0 for no intrinsic homeostasis.",
      ),
      intrinsicThresholdTargetHz: number(
        1,
        "Hz",
        [0, 1000],
        "Firing rate at which the threshold's rises and its steady fall balance.",
      ),
      intrinsicThresholdBoundMv: number(
        5,
        "mV",
        [0, 20],
        "How far intrinsic homeostasis can shift a threshold.",
      ),
    },
  },
  rateDetector: {
    kind: "depression",
    title: "Depression by a fast rate detector (Zenke et al. 2013)",
    on: "rateDetectorTargetHz",
    parameters: {
      rateDetectorTargetHz: number(
        0,
        "Hz",
        [0, 1000],
        "Firing rate κ at which depression is as published: it is multiplied by (ν/κ)²; 0 for none.",
      ),
      rateDetectorTimeConstantMs: number(
        3000,
        "ms",
        [0, 1e9],
        "Time constant of the detector of the postsynaptic firing rate ν.",
        { aboveMin: true },
      ),
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
