import { anyPositive, derived, type Given, number } from "../parameter-definition.ts";
import { newNetwork } from "./changes.ts";

const publishedGain = derived("5.45455", () => (4 * 15) / 11);

/** Wiring. */
export const wiringParameters = {
  gainEE: number({
    doc: "Weight gain of E→E synapses; published as 60/11, in six digits.",
    default: publishedGain,
    unit: "1",
    range: anyPositive,
    models: { 2013: "EEGain" },
    matters: "from the beginning",
    changes: newNetwork,
  }),

  gainEI: number({
    doc: "Weight gain of E→I synapses.",
    default: 15,
    unit: "1",
    range: anyPositive,
    models: { 2013: "EIGain" },
    matters: "from the beginning",
    changes: newNetwork,
  }),

  gainIE: number({
    doc: "Weight gain of I→E synapses; published as 60/11, in six digits.",
    default: publishedGain,
    unit: "1",
    range: anyPositive,
    models: { 2013: "IEGain" },
    matters: "from the beginning",
    changes: newNetwork,
  }),

  gainII: number({
    doc: "Weight gain of I→I synapses; published as 60/11, in six digits.",
    default: publishedGain,
    unit: "1",
    range: anyPositive,
    models: { 2013: "IIGain" },
    matters: "from the beginning",
    changes: newNetwork,
  }),

  nmdaRatio: number({
    doc: "NMDA weight of an E synapse, relative to its AMPA weight.",
    default: 0.1,
    unit: "1",
    range: anyPositive,
    models: { 2013: "NMAMR" },
    matters: "from the beginning",
    changes: newNetwork,
  }),

  weightFactor: number({
    doc: "Multiplies every synaptic weight.",
    default: 1,
    unit: "1",
    range: anyPositive,
    models: { 2013: "wmatscale" },
    matters: "from the beginning",
    changes: newNetwork,
  }),

  connectionFactor: number({
    doc: "Multiplies every connection probability.",
    default: derived("1 / sizeFactor", ({ sizeFactor }: Given<"sizeFactor">) => 1 / sizeFactor),
    unit: "1",
    range: anyPositive,
    models: { 2013: "pmatscale" },
    matters: "from the beginning",
    changes: newNetwork,
  }),

  connectionFactorEE: number({
    doc: "Multiplies E→E connection probabilities.",
    default: 1,
    unit: "1",
    range: anyPositive,
    models: { 2013: "pmatEE" },
    matters: "from the beginning",
    changes: newNetwork,
  }),

  connectionFactorEI: number({
    doc: "Multiplies E→I connection probabilities.",
    default: 1,
    unit: "1",
    range: anyPositive,
    models: { 2013: "pmatEI" },
    matters: "from the beginning",
    changes: newNetwork,
  }),

  connectionFactorIE: number({
    doc: "Multiplies I→E connection probabilities.",
    default: 1,
    unit: "1",
    range: anyPositive,
    models: { 2013: "pmatIE" },
    matters: "from the beginning",
    changes: newNetwork,
  }),

  connectionFactorII: number({
    doc: "Multiplies I→I connection probabilities.",
    default: 1,
    unit: "1",
    range: anyPositive,
    models: { 2013: "pmatII" },
    matters: "from the beginning",
    changes: newNetwork,
  }),

  columnSideUm: number({
    doc: "Side of the square column.",
    default: 30,
    unit: "µm",
    range: anyPositive,
    aboveMin: true,
    models: { 2013: "colside" },
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
    models: { 2013: "slambda" },
    matters: "from the beginning",
    changes: newNetwork,
  }),
};
