/** Tables that can be exported as CSV. */
export const csvTables = ["spikes", "cells", "weights", "synapses", "potentials"] as const;

/** Table of a run: "spikes", "cells", "weights", "synapses" or "potentials". */
export type CsvTable = (typeof csvTables)[number];
