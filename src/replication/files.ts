import { join } from "node:path";
import type { Figure } from "../drawing/figure.ts";
import { curveGridFigure } from "../ensembles/curve-grid.ts";
import { timelineOf } from "../experiment/definition.ts";
import { type CurveName, curveDefinitions, curveNames } from "../measures/curves.ts";
import { writeFigure } from "../pictures/files.ts";
import type { PictureFormat } from "../pictures/formats.ts";
import { figureDocument } from "../pictures/rendering.ts";
import { type Pieces, writeOutputs } from "../store/output-files.ts";
import { curveLines } from "../study/curves.ts";
import type { Study } from "../study/folder.ts";
import { type Onsets, onsetPanel, onsetsOf } from "../study/onsets.ts";
import { taskCourse } from "../study/planning/plan.ts";
import {
  collectRuns,
  csvPieces,
  parquetFile,
  type StudyRun,
  studyTable,
  type TableColumn,
} from "../study/table.ts";
import type { TaskFileError } from "../study/task-records.ts";
import { doesOf, type Entry } from "../timeline/entry.ts";
import { type ReplicatedClaim, replicatedClaims } from "./report.ts";

/** Results of all replicates. */
export interface Replication {
  /** Replicates of which both runs are complete. */
  readonly replicates: number;
  readonly claims: readonly ReplicatedClaim[];
  /** Onsets of hyperactivity, of all complete runs. */
  readonly onsets: Readonly<Record<"withoutScaling" | "withScaling", Onsets>>;
  /** Problems of formerly complete runs, which are excluded. */
  readonly damaged: readonly TaskFileError[];
  /** Paths of the files: tables, then the picture of the curves. */
  readonly files: readonly string[];
}

/** In a study's directory. */
const RESULT_FOLDER = "results";

/** Judges the claims over the complete replicates, and writes tables and the picture of the curves. */
export async function writeReplication(study: Study, format?: PictureFormat): Promise<Replication> {
  const { runs, damaged } = collectRuns(study);
  const claims = replicatedClaims(study, runs);
  const [withoutScaling, withScaling] = byScaling(runs).map(onsetsOf);
  const onsets = { withoutScaling: withoutScaling!, withScaling: withScaling! };
  const folder = join(study.directory, RESULT_FOLDER);
  const table = studyTable(study, runs);
  const tables = new Map<string, Pieces>([
    [join(folder, "runs.csv"), csvPieces(table)],
    [join(folder, "runs.parquet"), [await parquetFile(table)]],
    [join(folder, "claims.csv"), csvPieces(claimTable(claims))],
    [join(folder, "claims-by-seed.csv"), csvPieces(verdictTable(claims))],
  ]);
  await writeOutputs(tables);
  const files = [...tables.keys()];
  if (runs.length > 0) {
    const [picture] = await writeFigure(
      curvesFigure(study, runs, [withoutScaling!, withScaling!]),
      join(folder, "curves"),
      {
        format,
      },
    );
    files.push(picture!);
  }
  return { replicates: claims[0]?.replicates ?? 0, claims, onsets, damaged, files };
}

/** True if a curve does not move: without deletion all cells live, without learning gains are 1. */
function isFlat(name: CurveName, timeline: readonly Entry[]): boolean {
  if (name === "livingCells") return !doesOf(timeline, "delete");
  return name === "gainEE" && !doesOf(timeline, "plasticity");
}

/** Runs without and with scaling. */
const byScaling = (runs: readonly StudyRun[]): StudyRun[][] =>
  [false, true].map((scaling) => runs.filter(({ task }) => task.settings.scaling === scaling));

const roles = ["without scaling", "with scaling"];

/** Every curve of the runs without and with scaling: each replicate, their medians, and onsets. */
function curvesFigure(study: Study, runs: readonly StudyRun[], onsets: readonly Onsets[]): Figure {
  const groups = byScaling(runs);
  const { timeline } = timelineOf(taskCourse(study.plan.header, runs[0]!.task));
  const networks = Math.max(...groups.map((own) => own.length));
  const pool = networks > 1 ? { text: `${networks} networks`, isSample: true } : undefined;
  const panels = curveNames
    .filter((name) => !isFlat(name, timeline))
    .map((name) => {
      const { title, axisLabel } = curveDefinitions[name];
      const drawn = curveLines(study, groups, roles, name, title, pool);
      return { name: kebabCase(name), title, axisLabel, ...drawn };
    });
  return curveGridFigure(
    {
      subject: `Time courses of ${study.plan.header.preset.name}, without and with scaling`,
      groups: roles,
      panels: [...panels, ...(doesOf(timeline, "plasticity") ? [onsetPanel(onsets)] : [])],
      lines: pool && `medians over ${pool.text} and inputs`,
      columns: 2,
      isShared: false,
    },
    { document: figureDocument(), title: study.plan.header.name },
  );
}

const kebabCase = (name: string): string =>
  name.replace(/[A-Z]+/g, (letters) => `-${letters.toLowerCase()}`);

/** A row a claim. */
function claimTable(claims: readonly ReplicatedClaim[]): TableColumn[] {
  const text = (name: string, of: (claim: ReplicatedClaim) => string): TableColumn => ({
    name,
    kind: "text",
    values: claims.map(of),
  });
  const number = (name: string, of: (claim: ReplicatedClaim) => number | null): TableColumn => ({
    name,
    kind: "number",
    values: claims.map(of),
  });
  return [
    text("claim", ({ id }) => id),
    text("statement", ({ statement }) => statement),
    text("criterion", ({ criterion }) => criterion),
    number("replicates", ({ replicates }) => replicates),
    number("holds", ({ holds }) => holds),
    number("fraction", ({ fraction }) => existing(fraction.fraction)),
    number("fraction_lower", ({ fraction }) => fraction.lower),
    number("fraction_upper", ({ fraction }) => fraction.upper),
    text("effect", ({ effect }) => effect.what),
    number("effect_count", ({ effect }) => effect.count),
    number("effect_median", ({ effect }) => existing(effect.median)),
    number("effect_lower", ({ effect }) => existing(effect.lower)),
    number("effect_upper", ({ effect }) => existing(effect.upper)),
  ];
}

/** Medians and limits are not a number where there are too few values for them. */
const existing = (value: number): number | null => (Number.isNaN(value) ? null : value);

/** A row a replicate, two columns a claim. */
function verdictTable(claims: readonly ReplicatedClaim[]): TableColumn[] {
  const seeds = claims[0]?.verdicts.map(({ seed }) => seed) ?? [];
  return [
    { name: "seed", kind: "integer", values: seeds },
    ...claims.flatMap(({ id, verdicts }): TableColumn[] => [
      { name: id, kind: "boolean", values: verdicts.map(({ holds }) => holds) },
      { name: `${id}_effect`, kind: "number", values: verdicts.map(({ effect }) => effect) },
    ]),
  ];
}
