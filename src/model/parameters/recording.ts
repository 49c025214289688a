import { anyPositive, derived, inBoth, number } from "../parameter-definition.ts";
import { lengthOrRecord, otherDefaults } from "./changes.ts";

/** Parameters of the recordings. */
export const recordingParameters = {
  samplingStartMs: number({
    doc: "Time of the first sample of all cells.",
    default: { 2013: 5000, 2014: 0 },
    unit: "ms",
    range: anyPositive,
    models: inBoth("recording_start"),
    matters: "from the beginning",
    changes: lengthOrRecord,
  }),

  samplingIntervalMs: number({
    doc: "Time between samples of all cells.",
    default: {
      2013: derived(
        "10000 in training runs, 100000 in deletion runs",
        ({ protocol }: { protocol: string }) => (protocol === "training" ? 10e3 : 100e3),
      ),
      2014: 100e3,
    },
    unit: "ms",
    range: anyPositive,
    aboveMin: true,
    models: inBoth("recording_interval"),
    matters: "from the beginning",
    changes: lengthOrRecord,
  }),

  bufferIntervalMs: number({
    doc: "Length of a segment of the record; default of deletionIntervalMs and of scaling's start in deletion runs.",
    default: 800e3,
    unit: "ms",
    range: anyPositive,
    aboveMin: true,
    models: inBoth("buffertime"),
    matters: "from the beginning",
    changes: otherDefaults,
  }),
};
