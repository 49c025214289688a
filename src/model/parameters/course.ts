import { anyDuration, choice, inBoth, number } from "../parameter-definition.ts";
import { byEntry, lengthOrRecord, newNetwork } from "./changes.ts";

/** Timeline and protocol. */
export const courseParameters = {
  protocol: choice({
    doc: "Events of the run: rounds of cell deletion with reseeded input, or training alone.",
    default: "deletion",
    choices: ["deletion", "training"],
    models: { 2013: { name: "stdpsim", codes: ["deletion", "training"] } },
    matters: "as entries",
    changes: byEntry("delete, trials"),
  }),

  sizeFactor: number({
    doc: "Multiplies every population's cell count.",
    default: 1,
    unit: "1",
    range: [0.1, 1000],
    models: inBoth("scale"),
    matters: "from the beginning",
    changes: newNetwork,
  }),

  baselineDurationS: number({
    doc: "Length of the baseline phase.",
    default: { 2013: 800, 2014: 161_600 },
    unit: "s",
    range: anyDuration,
    models: inBoth("PreDur"),
    matters: "through entries",
    changes: lengthOrRecord,
  }),

  learningDurationS: number({
    doc: "Length of the learning phase (training input and STDP); 0 for neither.",
    default: { 2013: 8000, 2014: 0 },
    unit: "s",
    range: anyDuration,
    models: inBoth("LearnDur"),
    matters: "through entries",
    changes: lengthOrRecord,
  }),

  recallDurationS: number({
    doc: "Length of the recall phase after learning.",
    default: { 2013: 800, 2014: 0 },
    unit: "s",
    range: anyDuration,
    models: inBoth("PostDur"),
    matters: "through entries",
    changes: lengthOrRecord,
  }),
};
