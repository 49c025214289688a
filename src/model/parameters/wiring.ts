import {
  anyPositive,
  derived,
  type Given,
  inBoth,
  integer,
  number,
} from "../parameter-definition.ts";
import { newNetwork } from "./changes.ts";

const publishedGain = derived("5.45455", () => (4 * 15) / 11);

/** Wiring. */
export const wiringParameters = {
  gainEE: number({
    doc: "Weight gain of E→E synapses; published as 60/11, in six digits.",
    default: publishedGain,
    unit: "1",
    range: anyPositive,
    models: inBoth("EEGain"),
    matters: "from the beginning",
    changes: newNetwork,
  }),

  gainEI: number({
    doc: "Weight gain of E→I synapses.",
    default: 15,
    unit: "1",
    range: anyPositive,
    models: inBoth("EIGain"),
    matters: "from the beginning",
    changes: newNetwork,
  }),

  gainIE: number({
    doc: "Weight gain of I→E synapses; published as 60/11, in six digits.",
    default: publishedGain,
    unit: "1",
    range: anyPositive,
    models: inBoth("IEGain"),
    matters: "from the beginning",
    changes: newNetwork,
  }),

  gainII: number({
    doc: "Weight gain of I→I synapses; published as 60/11, in six digits.",
    default: publishedGain,
    unit: "1",
    range: anyPositive,
    models: inBoth("IIGain"),
    matters: "from the beginning",
    changes: newNetwork,
  }),

  nmdaRatio: number({
    doc: "NMDA weight of an E synapse, relative to its AMPA weight.",
    default: 0.1,
    unit: "1",
    range: anyPositive,
    models: inBoth("NMAMR"),
    matters: "from the beginning",
    changes: newNetwork,
  }),

  weightFactor: number({
    doc: "Multiplies every synaptic weight.",
    default: 1,
    unit: "1",
    range: anyPositive,
    models: inBoth("wmatscale"),
    matters: "from the beginning",
    changes: newNetwork,
  }),

  internalGain: number({
    doc: "Multiplies every synaptic weight once it is drawn.",
    default: 1,
    unit: "1",
    range: anyPositive,
    models: { 2014: "internalwtgain" },
    matters: "from the beginning",
    changes: newNetwork,
  }),

  weightRandomization: integer({
    doc:
      "Seed of the synaptic weights, as a 32-bit word, whose magnitude divides their variance; the " +
      "original's batch scripts give the negative of the replicate's number.",
    default: -1,
    unit: "1",
    range: [-4294967295, 4294967295],
    models: { 2014: "randsy" },
    matters: "from the beginning",
    changes: newNetwork,
  }),

  connectionFactor: number({
    doc: "Multiplies every connection probability.",
    default: derived("1 / sizeFactor", ({ sizeFactor }: Given<"sizeFactor">) => 1 / sizeFactor),
    unit: "1",
    range: anyPositive,
    models: inBoth("pmatscale"),
    matters: "from the beginning",
    changes: newNetwork,
  }),

  connectionFactorEE: number({
    doc: "Multiplies E→E connection probabilities.",
    default: 1,
    unit: "1",
    range: anyPositive,
    models: inBoth("pmatEE"),
    matters: "from the beginning",
    changes: newNetwork,
  }),

  connectionFactorEI: number({
    doc: "Multiplies E→I connection probabilities.",
    default: 1,
    unit: "1",
    range: anyPositive,
    models: inBoth("pmatEI"),
    matters: "from the beginning",
    changes: newNetwork,
  }),

  connectionFactorIE: number({
    doc: "Multiplies I→E connection probabilities.",
    default: 1,
    unit: "1",
    range: anyPositive,
    models: inBoth("pmatIE"),
    matters: "from the beginning",
    changes: newNetwork,
  }),

  connectionFactorII: number({
    doc: "Multiplies I→I connection probabilities.",
    default: 1,
    unit: "1",
    range: anyPositive,
    models: inBoth("pmatII"),
    matters: "from the beginning",
    changes: newNetwork,
  }),

  columnSideUm: number({
    doc: "Side of the square column.",
    default: 30,
    unit: "µm",
    range: anyPositive,
    aboveMin: true,
    models: inBoth("colside"),
    matters: "from the beginning",
    changes: newNetwork,
  }),

  wiringLengthUm: number({
    doc: "Distance beyond which connection probability decreases.",
    default: derived(
      "columnSideUm / 3",
      ({ columnSideUm }: Given<"columnSideUm">) => columnSideUm / 3,
    ),
    unit: "µm",
    range: anyPositive,
    aboveMin: true,
    models: inBoth("slambda"),
    matters: "from the beginning",
    changes: newNetwork,
  }),
};
