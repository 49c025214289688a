import { anyPositive, derived, type Given, integer, number } from "../parameter-definition.ts";
import { lengthOrRecord, otherDefaults } from "./changes.ts";

/** Timeline of the 2014 model. */
export const phaseParameters2014 = {
  timelineUnitMs: number({
    doc: "Unit of the timeline of the 2014 model; interval of fixed-size deletion.",
    default: 1600e3,
    unit: "ms",
    range: anyPositive,
    aboveMin: true,
    models: { 2014: "basetime" },
    matters: "through entries",
    changes: otherDefaults,
  }),

  informationTrials: integer({
    doc: "Information trials, which the original never delivers: only 0 is accepted.",
    default: 0,
    unit: "1",
    range: [0, 1e9],
    models: { 2014: "numinfotrials" },
    matters: "never",
    changes: otherDefaults,
  }),

  informationPhaseMs: number({
    doc: "Length of the information trials.",
    default: derived(
      "2 · informationTrials · trialDurationMs",
      ({ informationTrials, trialDurationMs }: Given<"informationTrials" | "trialDurationMs">) =>
        2 * informationTrials * trialDurationMs,
    ),
    unit: "ms",
    range: anyPositive,
    models: { 2014: "GetInfoDur" },
    matters: "through entries",
    changes: lengthOrRecord,
  }),

  baselinePhaseMs: number({
    doc: "Length of the baseline without scaling.",
    default: derived(
      "timelineUnitMs",
      ({ timelineUnitMs }: Given<"timelineUnitMs">) => timelineUnitMs,
    ),
    unit: "ms",
    range: anyPositive,
    models: { 2014: "BaselineDur" },
    matters: "through entries",
    changes: lengthOrRecord,
  }),

  deletionPhaseMs: number({
    doc: "Length of the run after the baseline.",
    default: derived(
      "100 · timelineUnitMs",
      ({ timelineUnitMs }: Given<"timelineUnitMs">) => 100 * timelineUnitMs,
    ),
    unit: "ms",
    range: anyPositive,
    models: { 2014: "DeletionDur" },
    matters: "through entries",
    changes: lengthOrRecord,
  }),
};

/** Ten baselines after the information trials: default start of deletion and of stimulation. */
export const tenthBaselineEnd = derived(
  "informationPhaseMs + 10 · baselinePhaseMs",
  ({ informationPhaseMs, baselinePhaseMs }: Given<"informationPhaseMs" | "baselinePhaseMs">) =>
    informationPhaseMs + 10 * baselinePhaseMs,
);
