/** Recorded runs in other formats, as text and bytes; `exportRun` of `isocortex/node` writes files. */

export { type CsvTable, csvText } from "./csv.ts";
export { type NamedInterval, RunExcerpt } from "./excerpt.ts";
export { runArchive } from "./run-archive.ts";
