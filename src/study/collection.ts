import { join } from "node:path";
import { FigureDataError } from "../drawing/figure.ts";
import type { MeasureName } from "../measures/quantities.ts";
import { writeFigure } from "../pictures/files.ts";
import type { PictureFormat } from "../pictures/formats.ts";
import { type Pieces, writeOutputs } from "../store/output-files.ts";
import { studyFigures } from "./figures.ts";
import type { Study } from "./folder.ts";
import { collectRuns, csvPieces, parquetFile, studyTable } from "./table.ts";
import type { TaskFileError } from "./task-records.ts";

export interface CollectionOptions {
  /** Measures to draw; by default what the sweep's file names. */
  readonly measures?: readonly MeasureName[] | undefined;
  readonly format?: PictureFormat | undefined;
  /** True if pictures are drawn. */
  readonly figures: boolean;
}

/** Collected results of a study. */
export interface Collection {
  readonly complete: number;
  readonly missing: number;
  /** Problems of formerly complete runs, which are excluded. */
  readonly damaged: readonly TaskFileError[];
  /** Runs whose scale factors left 0.01 to 100, and whose state was ever infinite or not a number. */
  readonly outsideRange: number;
  readonly notFinite: number;
  /** Paths of the files that were written: the table in two formats, then pictures. */
  readonly files: readonly string[];
}

/** In a study's directory. */
const RESULT_FOLDER = "results";

/** Gathers the complete runs of a study into one table and pictures. */
export async function collectStudy(
  study: Study,
  { measures = study.plan.header.measures, format, figures }: CollectionOptions,
): Promise<Collection> {
  const { runs, missing, damaged } = collectRuns(study);
  const folder = join(study.directory, RESULT_FOLDER);
  const columns = studyTable(study, runs);
  const tables = new Map<string, Pieces>([
    [join(folder, "runs.csv"), csvPieces(columns)],
    [join(folder, "runs.parquet"), [await parquetFile(columns)]],
  ]);
  await writeOutputs(tables);
  const files = [...tables.keys()];
  if (figures && runs.length > 0) {
    for (const { name, draw } of studyFigures(study, runs, measures)) {
      try {
        const [picture] = await writeFigure(draw(), join(folder, name), { format });
        files.push(picture!);
      } catch (error) {
        // Runs without samples have no activity to draw.
        if (!(error instanceof FigureDataError)) throw error;
      }
    }
  }
  const withValue = (name: MeasureName) =>
    runs.filter(({ measures }) => measures[name] !== null).length;
  return {
    complete: runs.length,
    missing,
    damaged,
    outsideRange: withValue("outsideRangeFromS"),
    notFinite: withValue("notFiniteFromS"),
    files,
  };
}
