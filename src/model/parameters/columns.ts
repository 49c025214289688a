import { anyPositive, choice, integer, number, toggle } from "../parameter-definition.ts";
import { byEntry, newNetwork } from "./changes.ts";

/** Limit of the columns along one side of the grid. */
const MOST_COLUMNS = 64;

/** The grid of columns, and the connections between neighbours. */
export const columnParameters = {
  columnsX: integer({
    doc: "Columns of the grid from left to right.",
    default: 1,
    unit: "columns",
    range: [1, MOST_COLUMNS],
    models: { 2013: "colW" },
    matters: "from the beginning",
    changes: newNetwork,
  }),

  columnsY: integer({
    doc: "Columns of the grid from top to bottom.",
    default: 1,
    unit: "columns",
    range: [1, MOST_COLUMNS],
    models: { 2013: "colH" },
    matters: "from the beginning",
    changes: newNetwork,
  }),

  torus: toggle({
    doc: "True if columns at opposite edges of the grid are neighbours.",
    default: true,
    models: { 2013: "torus" },
    matters: "from the beginning",
    changes: newNetwork,
  }),

  interColumnGainEE: number({
    doc: "Factor of the weights of E→E synapses between columns; 0 for none.",
    default: 0.1625,
    unit: "1",
    range: anyPositive,
    models: { 2013: "EEGainInterC" },
    matters: "from the beginning",
    changes: newNetwork,
  }),

  interColumnGainEI: number({
    doc: "Factor of the weights of E→I synapses between columns; 0 for none.",
    default: 0.125,
    unit: "1",
    range: anyPositive,
    models: { 2013: "EIGainInterC" },
    matters: "from the beginning",
    changes: newNetwork,
  }),

  sameSeedsInColumns: toggle({
    doc: "Wires and drives every column with the seeds of the first; positions still differ.",
    default: false,
    models: { 2013: "dbgcols" },
    matters: "from the beginning",
    changes: newNetwork,
  }),

  randomizedColumns: choice({
    doc:
      "Columns whose synaptic weights are random: the first, as published, or all. In the others, " +
      "every weight is its projection's.",
    default: "first",
    choices: ["first", "all"],
    models: { 2013: null },
    matters: "from the beginning",
    changes: newNetwork,
  }),

  deletionColumns: choice({
    doc:
      "Columns of which deletion runs delete cells: the first, as published, or all, " +
      "deletionStepCells for each at random among them.",
    default: "first",
    choices: ["first", "all"],
    models: { 2013: null },
    matters: "as entries",
    changes: byEntry("delete"),
  }),
};
