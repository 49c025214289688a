import { anyDuration, anyPositive, inBoth, number, toggle } from "../parameter-definition.ts";
import { byEntry } from "./changes.ts";
import { learningEnd, learningStart } from "./learning-times.ts";

/** Training input. */
export const trainingParameters = {
  trainingRateHz: number({
    doc: "Volleys of training input per second; 0 for none.",
    default: { 2013: 8, 2014: 1e-6 },
    unit: "Hz",
    range: [0, 1e5],
    models: inBoth("TrainRate"),
    matters: "as entries",
    changes: byEntry("stimulate"),
  }),

  trainingWeightMv: number({
    doc: "Weight of a training input; 0 for none.",
    default: { 2013: 1, 2014: 1e-4 },
    unit: "mV",
    range: [0, 1e6],
    models: inBoth("TrainW"),
    matters: "as entries",
    changes: byEntry("stimulate"),
  }),

  trainingVolleyMs: number({
    doc: "Time over which a volley's inputs spread.",
    default: 1,
    unit: "ms",
    range: anyDuration,
    models: inBoth("TrainDUR"),
    matters: "as entries",
    changes: byEntry("stimulate"),
  }),

  trainingShuffled: toggle({
    doc: "Training inputs at random times over the learning phase: as many, uncorrelated.",
    default: false,
    models: inBoth("TrainRand"),
    matters: "as entries",
    changes: byEntry("stimulate"),
  }),

  trainingStartMs: number({
    doc: "Training begins.",
    default: learningStart,
    unit: "ms",
    range: anyPositive,
    models: inBoth("TrainStart"),
    matters: "as entries",
    changes: byEntry("stimulate"),
  }),

  trainingEndMs: number({
    doc: "Training ends.",
    default: learningEnd,
    unit: "ms",
    range: anyPositive,
    models: inBoth("TrainStop"),
    matters: "as entries",
    changes: byEntry("stimulate"),
  }),
};
