import { type Experiment, presetExperiment } from "../../index.ts";

const changes = { baselineDurationS: 3600, plasticIncrementEE: 0.1, sensorTimeConstantMs: 5000 };

/**
 * Experiment with which the page opens: the baseline column, with the time scales of the quick
 * presets, for an hour.
 *
 * Its sensor of rates fills in some seconds, so that scaling may be turned on at any time; layer 4
 * receives the published rhythmic input throughout, which at rest is hardly seen; learning and
 * scaling wait to be turned on. It is not the text of a file, which would be slower to read.
 */
export const openingExperiment = (): Experiment => ({
  ...presetExperiment("baseline-quick", { changes }),
  description:
    "The column at rest, with learning and scaling a hundred times as fast as published.",
  entries: [
    {
      id: "training",
      from: "0 s",
      stimulate: { cells: "E4", weight: "1 mV", rate: "8 Hz", pattern: "volleys", spread: "1 ms" },
    },
  ],
});
