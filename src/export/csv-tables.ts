/** Tables that can be exported as CSV. */
export const csvTables = ["spikes", "cells", "weights", "synapses", "potentials", "lfp"] as const;

/** Table of a run: "spikes", "cells", "weights", "synapses", "potentials" or "lfp". */
export type CsvTable = (typeof csvTables)[number];
