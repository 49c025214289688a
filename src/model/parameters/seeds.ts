import { anySeed, inBoth, integer } from "../parameter-definition.ts";
import { byEntry, newNetwork } from "./changes.ts";

/** Seeds. */
export const seedParameters = {
  positionSeed: integer({
    doc: "Seed of the cells' positions.",
    default: 4321,
    unit: "1",
    range: anySeed,
    models: inBoth("pseed"),
    matters: "from the beginning",
    changes: newNetwork,
  }),

  wiringSeed: integer({
    doc: "Seed of connections and delays.",
    default: 534023,
    unit: "1",
    range: anySeed,
    models: inBoth("dvseed"),
    matters: "from the beginning",
    changes: newNetwork,
  }),

  weightSeed: integer({
    doc: "Seed of the synaptic weights.",
    default: 4294967295,
    unit: "1",
    range: anySeed,
    models: { 2013: null },
    matters: "from the beginning",
    changes: newNetwork,
  }),

  inputSeed: integer({
    doc: "Seed of the external input streams.",
    default: 1234,
    unit: "1",
    range: anySeed,
    models: inBoth("inputseed"),
    matters: "from the beginning",
    changes: byEntry("reseed"),
  }),

  trainingSeed: integer({
    doc: "Seed of the training volleys.",
    default: 9342,
    unit: "1",
    range: anySeed,
    models: inBoth(null),
    matters: "through entries",
    changes: byEntry("stimulate"),
  }),

  trialSeed: integer({
    doc: "Seed of the external input in deletion runs: of repeat trials, and with the time of unique ones.",
    default: 1234,
    unit: "1",
    range: anySeed,
    models: { 2013: null },
    matters: "through entries",
    changes: byEntry("trials"),
  }),

  deletionSeed: integer({
    doc: "Seed of the choice of cells to delete.",
    default: 0,
    unit: "1",
    range: anySeed,
    models: { 2013: null },
    matters: "through entries",
    changes: byEntry("delete"),
  }),
};
