import { anyPositive, inBoth, number } from "../parameter-definition.ts";
import { anyTime } from "./changes.ts";

/** External input. */
export const externalInputParameters = {
  externalGain: number({
    doc: "Multiplies every external weight.",
    default: 15,
    unit: "1",
    range: anyPositive,
    models: inBoth("EXGain"),
    matters: "from the beginning",
    changes: anyTime,
  }),

  externalAmpaRateEHz: number({
    doc: "External AMPA input to each E cell.",
    default: 300,
    unit: "Hz",
    range: [0, 1e6],
    models: inBoth("sgrhzEE"),
    matters: "from the beginning",
    changes: anyTime,
  }),

  externalAmpaRateIHz: number({
    doc: "External AMPA input to each I cell.",
    default: 300,
    unit: "Hz",
    range: [0, 1e6],
    models: inBoth("sgrhzEI"),
    matters: "from the beginning",
    changes: anyTime,
  }),

  externalGabaRateEHz: number({
    doc: "External GABA input to each E cell, proximal and distal each.",
    default: 125,
    unit: "Hz",
    range: [0, 1e6],
    models: inBoth("sgrhzIE"),
    matters: "from the beginning",
    changes: anyTime,
  }),

  externalGabaRateIHz: number({
    doc: "External GABA input to each I cell, proximal and distal each.",
    default: 125,
    unit: "Hz",
    range: [0, 1e6],
    models: inBoth("sgrhzII"),
    matters: "from the beginning",
    changes: anyTime,
  }),

  externalNmdaRateHz: number({
    doc: "External NMDA input to each cell.",
    default: 50,
    unit: "Hz",
    range: [0, 1e6],
    models: inBoth("sgrhzNM"),
    matters: "from the beginning",
    changes: anyTime,
  }),
};
