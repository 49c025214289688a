/** Tables that can be exported as CSV. */
export const csvTables = ["spikes", "cells", "weights", "potentials"] as const;

/** Table of a run: "spikes", "cells", "weights" or "potentials". */
export type CsvTable = (typeof csvTables)[number];
