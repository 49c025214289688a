import { derived, type Given } from "../parameter-definition.ts";
import { durationMs } from "../timeline.ts";

/* Where the learning phase begins and ends, ms. */

export const learningStart = derived(
  "1000 · baselineDurationS",
  ({ baselineDurationS }: Given<"baselineDurationS">) => baselineDurationS * 1e3,
);

export const learningEnd = derived(
  "1000 · (baselineDurationS + learningDurationS)",
  (given: Given<"baselineDurationS" | "learningDurationS" | "recallDurationS">) =>
    durationMs(given) - given.recallDurationS * 1e3,
);
