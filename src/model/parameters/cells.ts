import { anyPositive, inBoth, number } from "../parameter-definition.ts";
import { anyTime, newPast } from "./changes.ts";

/** Cells. */
export const cellParameters = {
  afterhyperpolarizationTimeConstantEMs: number({
    doc: "Time constant of the excitatory cells' afterhyperpolarization.",
    default: 400,
    unit: "ms",
    range: anyPositive,
    aboveMin: true,
    models: inBoth("tauahpRS"),
    matters: "from the beginning",
    changes: newPast,
  }),

  magnesiumMm: number({
    doc: "Extracellular magnesium, blocking NMDA receptors.",
    default: 1.6,
    unit: "mM",
    range: anyPositive,
    models: inBoth({ name: "mg_INTF6", inert: true }),
    matters: "from the beginning",
    changes: anyTime,
  }),

  reversalAmpaMv: number({
    doc: "AMPA reversal above rest.",
    default: 65,
    unit: "mV",
    range: [0, 1000],
    aboveMin: true,
    models: inBoth({ name: "EAM_INTF6", inert: true }),
    matters: "from the beginning",
    changes: anyTime,
  }),

  reversalNmdaMv: number({
    doc: "NMDA reversal above rest.",
    default: 90,
    unit: "mV",
    range: [0, 1000],
    aboveMin: true,
    models: inBoth({ name: "ENM_INTF6", inert: true }),
    matters: "from the beginning",
    changes: anyTime,
  }),

  reversalGabaMv: number({
    doc: "GABA-A reversal relative to rest.",
    default: -15,
    unit: "mV",
    range: [-1000, -0.001],
    models: inBoth({ name: "EGA_INTF6", inert: true }),
    matters: "from the beginning",
    changes: anyTime,
  }),
};
