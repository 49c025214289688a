/** Recorded runs in other formats, as text and bytes; `exportRun` of `isocortex/node` writes files. */

export { csvText } from "./csv.ts";
export type { CsvTable } from "./csv-tables.ts";
export { type NamedInterval, RunExcerpt } from "./excerpt.ts";
export { runArchive } from "./run-archive.ts";
export { TableDataError } from "./table-data.ts";
