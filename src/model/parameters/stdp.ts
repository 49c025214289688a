import { anyPositive, inBoth, number } from "../parameter-definition.ts";
import { anyTime, byEntry } from "./changes.ts";
import { learningEnd, learningStart } from "./learning-times.ts";

/** STDP. */
export const stdpParameters = {
  plasticityStartMs: number({
    doc: "STDP begins.",
    default: learningStart,
    unit: "ms",
    range: anyPositive,
    models: inBoth("PlastStart"),
    matters: "as entries",
    changes: byEntry("plasticity"),
  }),

  plasticityEndMs: number({
    doc: "STDP ends.",
    default: learningEnd,
    unit: "ms",
    range: anyPositive,
    models: inBoth("PlastStop"),
    matters: "as entries",
    changes: byEntry("plasticity"),
  }),

  plasticIncrementEE: number({
    doc: "STDP step of E→E plastic gains.",
    default: 0.001,
    unit: "1",
    range: anyPositive,
    models: inBoth("plastEEinc"),
    matters: "with plasticity",
    changes: anyTime,
  }),

  plasticMaximumEE: number({
    doc: "Upper soft bound of E→E plastic gains.",
    default: { 2013: 10, 2014: 4 },
    unit: "1",
    range: anyPositive,
    aboveMin: true,
    models: inBoth("plastEEmaxw"),
    matters: "with plasticity",
    changes: anyTime,
  }),

  plasticIncrementEI: number({
    doc: "STDP step of E→I plastic gains (off).",
    default: 0,
    unit: "1",
    range: anyPositive,
    models: inBoth("plastEIinc"),
    matters: "with plasticity",
    changes: anyTime,
  }),

  plasticMaximumEI: number({
    doc: "Upper soft bound of E→I plastic gains.",
    default: 1,
    unit: "1",
    range: anyPositive,
    aboveMin: true,
    models: inBoth("plastEImaxw"),
    matters: "with plasticity",
    changes: anyTime,
  }),

  plasticIncrementIE: number({
    doc: "Accepted for the original's scripts; inhibitory STDP is off, so it has no effect.",
    default: 0,
    unit: "1",
    range: anyPositive,
    models: inBoth("plastIEinc"),
    matters: "never",
    changes: anyTime,
  }),

  plasticMaximumIE: number({
    doc: "Like plasticIncrementIE: no effect.",
    default: 1,
    unit: "1",
    range: anyPositive,
    models: inBoth("plastIEmaxw"),
    matters: "never",
    changes: anyTime,
  }),

  plasticIncrementII: number({
    doc: "Like plasticIncrementIE: no effect.",
    default: 0,
    unit: "1",
    range: anyPositive,
    models: inBoth("plastIIinc"),
    matters: "never",
    changes: anyTime,
  }),

  plasticMaximumII: number({
    doc: "Like plasticIncrementIE: no effect.",
    default: 1,
    unit: "1",
    range: anyPositive,
    models: inBoth("plastIImaxw"),
    matters: "never",
    changes: anyTime,
  }),
};
