import {
  anyPositive,
  choice,
  derived,
  type Given,
  inBoth,
  integer,
  number,
  toggle,
} from "../parameter-definition.ts";
import { roundToSixDigits } from "../six-digits.ts";
import { byEntry } from "./changes.ts";

/** The original deletes until it has reached a step that need not be whole: hence up. */
const cellsPerSize = (count: number) =>
  derived(`${count} · sizeFactor, rounded up`, ({ sizeFactor }: Given<"sizeFactor">) =>
    Math.ceil(roundToSixDigits(count * sizeFactor)),
  );

/** Deletion of cells, and the external input's response to it. */
export const deletionParameters = {
  deletionSelection: choice({
    doc:
      "Choice of cells to delete: uniform, or with probability proportional to their scale " +
      "factors.",
    default: "random",
    choices: ["scale-factor", "random"],
    models: inBoth({ name: "randomdelete", codes: ["scale-factor", "random"] }),
    matters: "as entries",
    changes: byEntry("delete"),
  }),

  deletionStepCells: integer({
    doc: "Cells deleted per round.",
    default: { 2013: cellsPerSize(5), 2014: cellsPerSize(3) },
    unit: "cells",
    range: [0, 1e9],
    models: inBoth("deletionstep"),
    matters: "as entries",
    changes: byEntry("delete"),
  }),

  deletionIntervalMs: number({
    doc: "Time between rounds of deletion.",
    default: derived(
      "bufferIntervalMs",
      ({ bufferIntervalMs }: Given<"bufferIntervalMs">) => bufferIntervalMs,
    ),
    unit: "ms",
    range: anyPositive,
    aboveMin: true,
    models: { 2013: "segmentlength" },
    matters: "as entries",
    changes: byEntry("delete"),
  }),

  deletionProtocolStartMs: number({
    doc:
      "Start of the first trial in deletion runs; the first round follows one deletionIntervalMs " +
      "later.",
    default: 0,
    unit: "ms",
    range: anyPositive,
    models: { 2013: null },
    matters: "as entries",
    changes: byEntry("delete"),
  }),

  trialDurationMs: number({
    doc:
      "Length of the alternating unique and repeat trials of external input in deletion runs; in " +
      "the 2014 model, interval at which stimuli are drawn anew.",
    default: { 2013: 80e3, 2014: 16e3 },
    unit: "ms",
    range: anyPositive,
    aboveMin: true,
    models: inBoth("infotriallength"),
    matters: "as entries",
    changes: byEntry("trials"),
  }),

  reduceExternalInput: toggle({
    doc: "Reduction of external weights with cell loss, as if neighbouring columns lost cells, too.",
    default: true,
    models: inBoth("scaleexternal"),
    matters: "as entries",
    changes: byEntry("delete"),
  }),

  externalReduction: number({
    doc: "External weights are multiplied by 1 − this × the fraction of cells lost.",
    default: 0.25,
    unit: "1",
    range: [0, 1],
    models: inBoth("scaleexternalrate"),
    matters: "as entries",
    changes: byEntry("delete"),
  }),
};
