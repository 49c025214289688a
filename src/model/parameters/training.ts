import { anyDuration, anyPositive, number, toggle } from "../parameter-definition.ts";
import { byEntry } from "./changes.ts";
import { learningEnd, learningStart } from "./learning-times.ts";

/** Training input. */
export const trainingParameters = {
  trainingRateHz: number({
    doc: "Volleys of training input per second; 0 for none.",
    default: 8,
    unit: "Hz",
    range: [0, 1e5],
    models: { 2013: "TrainRate" },
    matters: "as entries",
    changes: byEntry("stimulate"),
  }),

  trainingWeightMv: number({
    doc: "Weight of a training input; 0 for none.",
    default: 1,
    unit: "mV",
    range: [0, 1e6],
    models: { 2013: "TrainW" },
    matters: "as entries",
    changes: byEntry("stimulate"),
  }),

  trainingVolleyMs: number({
    doc: "Time over which a volley's inputs spread.",
    default: 1,
    unit: "ms",
    range: anyDuration,
    models: { 2013: "TrainDUR" },
    matters: "as entries",
    changes: byEntry("stimulate"),
  }),

  trainingShuffled: toggle({
    doc: "Training inputs at random times over the learning phase: as many, uncorrelated.",
    default: false,
    models: { 2013: "TrainRand" },
    matters: "as entries",
    changes: byEntry("stimulate"),
  }),

  trainingStartMs: number({
    doc: "Training begins.",
    default: learningStart,
    unit: "ms",
    range: anyPositive,
    models: { 2013: "TrainStart" },
    matters: "as entries",
    changes: byEntry("stimulate"),
  }),

  trainingEndMs: number({
    doc: "Training ends.",
    default: learningEnd,
    unit: "ms",
    range: anyPositive,
    models: { 2013: "TrainStop" },
    matters: "as entries",
    changes: byEntry("stimulate"),
  }),
};
