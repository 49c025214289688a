import {
  anyNumber,
  anyPositive,
  choice,
  derived,
  type Given,
  inBoth,
  number,
  toggle,
} from "../parameter-definition.ts";
import { anyTime, byEntry, newPast } from "./changes.ts";

/** Homeostatic synaptic scaling. */
export const scalingParameters = {
  scaling: toggle({
    doc: "Homeostatic synaptic scaling, from scalingStartMs on.",
    default: true,
    models: inBoth("scaling"),
    matters: "as entries",
    changes: byEntry("scaling"),
  }),

  scalingStartMs: number({
    doc: "Start of scaling.",
    default: {
      2013: derived(
        "800000 in training runs, bufferIntervalMs in deletion runs",
        ({ protocol, bufferIntervalMs }: Given<"bufferIntervalMs"> & { protocol: string }) =>
          protocol === "training" ? 800e3 : bufferIntervalMs,
      ),
      2014: derived(
        "informationPhaseMs + baselinePhaseMs",
        (given: Given<"informationPhaseMs" | "baselinePhaseMs">) =>
          given.informationPhaseMs + given.baselinePhaseMs,
      ),
    },
    unit: "ms",
    range: anyPositive,
    models: inBoth("scalingstart"),
    matters: "as entries",
    changes: byEntry("scaling"),
  }),

  growthFactor: toggle({
    doc: "Growth factor: with scaling, targets rise as the activity of the whole column falls.",
    default: true,
    models: { 2014: "growthfactorscaling" },
    matters: "as entries",
    changes: byEntry("growth"),
  }),

  scalingBeta: number({
    doc:
      "Proportional gain β of the scale factor per event, times the rate error; in the 2014 model, " +
      "times the error and the ms since the previous arrival.",
    default: 4e-8,
    unit: "1/(event·kHz)",
    range: anyNumber,
    models: inBoth("activitybeta"),
    matters: "with scaling",
    changes: anyTime,
  }),

  scalingGamma: number({
    doc: "Integral gain γ of the scale factor per event, times the integrated rate error.",
    default: { 2013: 1e-10, 2014: 2e-10 },
    unit: "1/event",
    range: anyNumber,
    models: inBoth("activitygamma"),
    matters: "with scaling",
    changes: anyTime,
  }),

  scaleInhibitoryCells: toggle({
    doc: "Scaling of inhibitory cells, too.",
    default: false,
    models: { 2013: { name: "scaleinhib", inert: true } },
    matters: "with scaling",
    changes: anyTime,
  }),

  scaleFactorMinimum: number({
    doc: "Lower bound of scale factors; 0 for none.",
    default: 0,
    unit: "1",
    range: [0, 1],
    models: { 2013: null },
    matters: "with scaling",
    changes: anyTime,
  }),

  scaleFactorMaximum: number({
    doc: "Upper bound of scale factors, 1 or more; 0 for none.",
    default: { 2013: 0, 2014: 100 },
    unit: "1",
    range: anyPositive,
    models: inBoth(null),
    matters: "with scaling",
    changes: anyTime,
  }),

  rateErrorIntegralLimit: number({
    doc: "Bound of the integrated rate error's magnitude, against windup; 0 for none.",
    default: 0,
    unit: "kHz·ms",
    range: anyPositive,
    models: { 2013: null },
    matters: "with scaling",
    changes: anyTime,
  }),

  targetRateEHz: number({
    doc: "Target rate of E cells; 0 for each cell's own mean rate when scaling begins, as published.",
    default: 0,
    unit: "Hz",
    range: [0, 1000],
    models: { 2013: null },
    matters: "with scaling",
    changes: anyTime,
  }),

  targetRateIHz: number({
    doc: "Target rate of I cells, if they scale; 0 for each cell's own mean rate, as published.",
    default: 0,
    unit: "Hz",
    range: [0, 1000],
    models: { 2013: null },
    matters: "with scaling",
    changes: anyTime,
  }),

  sensorTimeConstantMs: number({
    doc: "Time constant of the rate sensor: a spike adds (1 − sensed rate)/τ.",
    default: 100e3,
    unit: "ms",
    range: anyPositive,
    aboveMin: true,
    models: inBoth("activitytau"),
    matters: "from the beginning",
    changes: newPast,
  }),

  sensorDecay: choice({
    doc:
      "Decay of the sensor: always with 100 000 ms, as in the original, or with its time " +
      "constant.",
    default: "published",
    choices: ["published", "consistent"],
    models: { 2013: null },
    matters: "from the beginning",
    changes: newPast,
  }),
};
