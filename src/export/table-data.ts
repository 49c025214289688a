import { potentialsRemedy } from "../recording/potentials.ts";
import type { CsvTable } from "./csv-tables.ts";
import type { RunExcerpt } from "./excerpt.ts";
import { lfpLayersOf } from "./lfp-series.ts";

/**
 * A run that has not recorded what a table contains; the message says how to record it.
 *
 * @example
 * ```ts
 * import { formats, readExperiment, runExperiment } from "isocortex";
 *
 * const run = await runExperiment(readExperiment("duration: 1 s"));
 * try {
 *   formats.csvText(new formats.RunExcerpt(run), "lfp");
 * } catch (error) {
 *   if (!(error instanceof formats.TableDataError)) throw error;
 *   console.log(error.message);
 * }
 * ```
 */
export class TableDataError extends Error {
  override readonly name = "TableDataError";
}

/** @throws {TableDataError} if a run has not recorded what a table contains */
export function checkTable(run: RunExcerpt, table: CsvTable): void {
  if (table !== "potentials" && table !== "lfp") return;
  if (run.potentialCells.length === 0) {
    throw new TableDataError(`The run has no recorded potentials. ${potentialsRemedy}`);
  }
  if (table === "lfp" && lfpLayersOf(run).length === 0) {
    throw new TableDataError(
      `The run has recorded potentials of I cells only; an LFP is that of E cells. ${potentialsRemedy}`,
    );
  }
}
