import { anyPositive, choice, derived, number, toggle } from "../parameter-definition.ts";
import { byEntry } from "./changes.ts";
import { tenthBaselineEnd } from "./phases-2014.ts";

/** Cell death of the 2014 model. */
export const deletionParameters2014 = {
  deletion: toggle({
    doc: "Death of cells, from deletionStartMs on.",
    default: true,
    models: { 2014: "deleting" },
    matters: "as entries",
    changes: byEntry("delete, damage"),
  }),

  deletionProcess: choice({
    doc:
      "Death of cells by their own activity, after a kick-start, or deletion of a fixed number at " +
      "intervals of timelineUnitMs.",
    default: "dynamic",
    choices: ["fixed-size", "dynamic"],
    models: { 2014: { name: "dynamicdelete", codes: ["fixed-size", "dynamic"] } },
    matters: "as entries",
    changes: byEntry("delete, damage"),
  }),

  scaleFactorSelection: choice({
    doc:
      "Choice by scale factor in fixed-size deletion: the most extreme one, or with probability " +
      "proportional to its square.",
    default: "extreme",
    choices: ["extreme", "roulette"],
    models: { 2014: { name: "roulettewheelselection", codes: ["extreme", "roulette"] } },
    matters: "as entries",
    changes: byEntry("delete"),
  }),

  deletionStartMs: number({
    doc: "Start of cell death.",
    default: tenthBaselineEnd,
    unit: "ms",
    range: anyPositive,
    models: { 2014: "deletionstart" },
    matters: "as entries",
    changes: byEntry("delete, damage"),
  }),

  deathRatePerS: number({
    doc:
      "Probability of death per second of a cell whose activity exceeds 2.5 times its target, " +
      "multiplied by its scale factor; 0 for no dynamic death.",
    default: 1e-4,
    unit: "1/s",
    range: anyPositive,
    models: { 2014: "delspeed" },
    matters: "as entries",
    changes: byEntry("damage"),
  }),

  deathRule: choice({
    doc:
      "Time in the probability of death: as published, from a misplaced bracket, t − t′/1000 in ms, " +
      "or as intended, (t − t′)/1000, with t′ the time of the previous arrival.",
    default: "published",
    choices: ["published", "intended"],
    models: { 2014: null },
    matters: "as entries",
    changes: byEntry("damage"),
  }),

  externalDamage: toggle({
    doc: "Reduction of external input in place of the kick-start of dynamic death.",
    default: false,
    models: { 2014: "extinpdamage" },
    matters: "as entries",
    changes: byEntry("delete, damage"),
  }),

  damageStep: number({
    doc:
      "Cells deleted by the kick-start of dynamic death, less one; with externalDamage, the amount " +
      "by which the gain of external input is reduced.",
    default: derived(
      "15, or 0.005 with externalDamage",
      ({ externalDamage }: { readonly externalDamage: boolean }) => (externalDamage ? 0.005 : 15),
    ),
    unit: "1",
    range: anyPositive,
    models: { 2014: "dynamicdelstep" },
    matters: "as entries",
    changes: byEntry("delete, damage"),
  }),

  kickStartFailure: choice({
    doc:
      "Kick-starts of which a draw fails: as published, the rest of the kick-start and all " +
      "reduction of external input are left out; mended, the draw counts as 0.",
    default: "published",
    choices: ["published", "mended"],
    models: { 2014: null },
    matters: "as entries",
    changes: byEntry("delete"),
  }),

  externalBaseGain: number({
    doc: "Base gain of external input, from its first reduction on.",
    default: 1,
    unit: "1",
    range: [0, 1e6],
    models: { 2014: "externalwtgain" },
    matters: "as entries",
    changes: byEntry("cellLoss"),
  }),
};
