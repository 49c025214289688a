import { anyPositive, number } from "../parameter-definition.ts";
import { anyTime, byEntry } from "./changes.ts";
import { learningEnd, learningStart } from "./learning-times.ts";

/** STDP. */
export const stdpParameters = {
  plasticityStartMs: number({
    doc: "STDP begins.",
    default: learningStart,
    unit: "ms",
    range: anyPositive,
    models: { 2013: "PlastStart" },
    matters: "as entries",
    changes: byEntry("plasticity"),
  }),

  plasticityEndMs: number({
    doc: "STDP ends.",
    default: learningEnd,
    unit: "ms",
    range: anyPositive,
    models: { 2013: "PlastStop" },
    matters: "as entries",
    changes: byEntry("plasticity"),
  }),

  plasticIncrementEE: number({
    doc: "STDP step of E→E plastic gains.",
    default: 0.001,
    unit: "1",
    range: anyPositive,
    models: { 2013: "plastEEinc" },
    matters: "with plasticity",
    changes: anyTime,
  }),

  plasticMaximumEE: number({
    doc: "Upper soft bound of E→E plastic gains.",
    default: 10,
    unit: "1",
    range: anyPositive,
    aboveMin: true,
    models: { 2013: "plastEEmaxw" },
    matters: "with plasticity",
    changes: anyTime,
  }),

  plasticIncrementEI: number({
    doc: "STDP step of E→I plastic gains (off).",
    default: 0,
    unit: "1",
    range: anyPositive,
    models: { 2013: "plastEIinc" },
    matters: "with plasticity",
    changes: anyTime,
  }),

  plasticMaximumEI: number({
    doc: "Upper soft bound of E→I plastic gains.",
    default: 1,
    unit: "1",
    range: anyPositive,
    aboveMin: true,
    models: { 2013: "plastEImaxw" },
    matters: "with plasticity",
    changes: anyTime,
  }),

  plasticIncrementIE: number({
    doc: "Accepted for the original's scripts; inhibitory STDP is off, so it has no effect.",
    default: 0,
    unit: "1",
    range: anyPositive,
    models: { 2013: "plastIEinc" },
    matters: "never",
    changes: anyTime,
  }),

  plasticMaximumIE: number({
    doc: "Like plasticIncrementIE: no effect.",
    default: 1,
    unit: "1",
    range: anyPositive,
    models: { 2013: "plastIEmaxw" },
    matters: "never",
    changes: anyTime,
  }),

  plasticIncrementII: number({
    doc: "Like plasticIncrementIE: no effect.",
    default: 0,
    unit: "1",
    range: anyPositive,
    models: { 2013: "plastIIinc" },
    matters: "never",
    changes: anyTime,
  }),

  plasticMaximumII: number({
    doc: "Like plasticIncrementIE: no effect.",
    default: 1,
    unit: "1",
    range: anyPositive,
    models: { 2013: "plastIImaxw" },
    matters: "never",
    changes: anyTime,
  }),
};
