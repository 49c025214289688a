import * as z from "zod";
import type { CellState } from "../engine/cell-state.ts";
import type { Model } from "../model/parameter-definition.ts";
import type { PublishedRun } from "./published-verification.ts";
import type { ReferenceDeath, ReferenceRun } from "./verification.ts";

/**
 * A folder that is not a complete reference run; the message names the missing or faulty file.
 *
 * @example
 * ```ts
 * import { ReferenceRunError, readReferenceRun } from "isocortex/node";
 *
 * try {
 *   readReferenceRun(".");
 * } catch (error) {
 *   if (!(error instanceof ReferenceRunError)) throw error;
 *   console.log(error.message);
 * }
 * ```
 */
export class ReferenceRunError extends Error {
  override readonly name = "ReferenceRunError";
}

const runDescription = z.object({
  /** Absent from runs of the 2013 model. */
  model: z.string().optional(),
  original: z.string(),
  durationMs: z.number().positive(),
  spikes: z.int().nonnegative(),
  cellEvents: z.int().nonnegative(),
  deathDraws: z.int().nonnegative().optional(),
  growthFactorAtEnd: z.number().optional(),
  networkTarget: z.number().optional(),
  /** Absent from runs of one column. */
  columns: z.int().positive().optional(),
});

const publishedDescription = runDescription
  .pick({ model: true, original: true, durationMs: true, spikes: true })
  .extend({ recordedBy: z.string() });

/** Digests of one stretch after the other. */
const digestList = z.object({
  per100s: z.array(z.object({ count: z.int(), hash: z.int(), sum: z.number() })),
});

/** Name of the 2014 model in descriptions. */
const MODEL_2014 = /154096/;

/** Files of a reference run. */
export const referenceFiles = [
  "run.json",
  "spike-times-ms.f64",
  "spike-cells.u16",
  "final-cells.tsv",
  "final-plastic-gains.f64",
] as const;

/** Files that only runs of the 2014 model have, and not all of these. */
const referenceFiles2014 = ["deaths.tsv", "signal.txt"] as const;

/** File of a published run, in place of spikes and cells. */
export const DIGEST_FILE = "digest.json";

type ReferenceFile =
  | (typeof referenceFiles)[number]
  | (typeof referenceFiles2014)[number]
  | typeof DIGEST_FILE;

/** A file of a reference run by its name, undefined where there is none. */
export type ReferenceFiles = (file: ReferenceFile) => Uint8Array | undefined;

/** Files of a reference run and their place. */
interface Source {
  /** Name of the folder in messages. */
  readonly folder: string;
  readonly files: ReferenceFiles;
}

/**
 * Reads a reference run, little-endian (format in test/reference/README.md).
 *
 * @throws {ReferenceRunError} when a file is missing or does not fit the others.
 */
export function decodeReferenceRun(name: string, source: Source): ReferenceRun {
  const { folder } = source;
  const {
    spikes,
    model: described,
    growthFactorAtEnd,
    ...run
  } = readJson(source, "run.json", runDescription);
  const model = modelNamed(described);
  const spikeTimesMs = new Float64Array(readBytes(source, "spike-times-ms.f64", 8));
  const spikeCells = new Uint16Array(readBytes(source, "spike-cells.u16", 2));
  if (spikeTimesMs.length !== spikes || spikeCells.length !== spikes) {
    throw new ReferenceRunError(
      `${folder}: run.json states ${spikes} spikes, but there are ${spikeTimesMs.length} times and ${spikeCells.length} cells.`,
    );
  }
  return {
    name,
    model,
    original: run.original,
    durationMs: run.durationMs,
    cellEvents: run.cellEvents,
    spikeTimesMs,
    spikeCells,
    finalCells: readFinalCells(source, run.columns ? ofSeveralColumns : columnsOf[model]),
    finalPlasticGains: readGains(source, run.columns ? undefined : model),
    ...(model === 2014 && {
      deaths: readDeaths(source),
      deathDraws: run.deathDraws,
      growth: { factor: growthFactorAtEnd!, targetActivity: run.networkTarget! },
      signal: readSignal(source),
    }),
  };
}

/**
 * Reads a published run (format in test/reference/README.md).
 *
 * @throws {ReferenceRunError} when a file is missing or does not fit the others.
 */
export function decodePublishedRun(name: string, source: Source): PublishedRun {
  const { spikes, model, ...run } = readJson(source, "run.json", publishedDescription);
  const { per100s: digests } = readJson(source, DIGEST_FILE, digestList);
  const counted = digests.reduce((sum, { count }) => sum + count, 0);
  if (counted !== spikes) {
    throw new ReferenceRunError(
      `${source.folder}: run.json states ${spikes} spikes, ${DIGEST_FILE} has ${counted}.`,
    );
  }
  return {
    ...run,
    name,
    model: modelNamed(model),
    digests,
    finalPlasticGains: readGains(source, undefined),
  };
}

const modelNamed = (described = ""): Model => (MODEL_2014.test(described) ? 2014 : 2013);

/** Only runs of one column of the 2013 model have gains without STDP. */
function readGains(source: Source, model: Model | undefined): Float64Array | undefined {
  if (model !== 2013 && !source.files("final-plastic-gains.f64")) return undefined;
  return new Float64Array(readBytes(source, "final-plastic-gains.f64", 8));
}

function readDeaths(source: Source): ReferenceDeath[] {
  const [, ...rows] = readText(source, "deaths.tsv").trim().split("\n");
  return rows.map((row) => {
    const [timeMs, cell, cause = "", draw, probability] = row.split("\t");
    const death = { timeMs: Number(timeMs), cell: Number(cell) };
    if (cause !== "dynamic") return death;
    return { ...death, draw: Number(draw), probability: Number(probability) };
  });
}

function readSignal(source: Source): number[] | undefined {
  if (!source.files("signal.txt")) return undefined;
  return readText(source, "signal.txt").trim().split(/\s+/).map(Number);
}

const sharedColumns = {
  scaleFactor: "scale_factor",
  spikeCount: "spike_count",
  blockCount: "block_count",
  ampaDistalMv: "ampa_distal_mv",
  nmdaDistalMv: "nmda_distal_mv",
  gabaProximalMv: "gaba_proximal_mv",
  gabaDistalMv: "gaba_distal_mv",
  afterhyperpolarizationMv: "ahp_mv",
  dynamicThresholdMv: "dynamic_threshold_mv",
  lastUpdateMs: "last_update_ms",
} as const satisfies Partial<Record<keyof CellState, string>>;

type Columns = Readonly<Partial<Record<keyof CellState, string>>>;

/** The columns of final-cells.tsv in the runs of each model. */
const columnsOf: Readonly<Record<Model, Columns>> = {
  2013: {
    sensedRateKhz: "sensed_rate_khz",
    targetRateKhz: "target_rate_khz",
    rateErrorIntegral: "rate_error_integral",
    ...sharedColumns,
  },
  2014: {
    sensedRateKhz: "firing_rate_sensor_khz",
    activity: "activity_sensor",
    targetRateKhz: "target_activity",
    rateErrorIntegral: "activity_error_integral",
    lastSensorUpdateMs: "last_sensor_update_ms",
    ...sharedColumns,
  },
};

/** Runs of several columns lack two. */
const { rateErrorIntegral, blockCount, ...ofSeveralColumns }: Columns = columnsOf[2013];

function readFinalCells(source: Source, columnOf: Columns): ReferenceRun["finalCells"] {
  const [header, ...rows] = readText(source, "final-cells.tsv")
    .trim()
    .split("\n")
    .map((line) => line.split("\t"));
  const column = (name: string): Float64Array => {
    const index = header!.indexOf(name);
    if (index < 0) {
      throw new ReferenceRunError(`${source.folder}/final-cells.tsv: no column "${name}".`);
    }
    return Float64Array.from(rows, (row) => Number(row[index]));
  };
  const columns = Object.entries(columnOf).map(([field, name]) => [field, column(name)]);
  return {
    alive: Uint8Array.from(column("dead"), (dead) => (dead ? 0 : 1)),
    ...Object.fromEntries(columns),
  } as ReferenceRun["finalCells"];
}

function readJson<T>(source: Source, file: ReferenceFile, schema: z.ZodType<T>): T {
  const { data, error } = schema.safeParse(parseJson(readText(source, file)));
  if (error) throw new ReferenceRunError(`${source.folder}/${file}: ${z.prettifyError(error)}`);
  return data;
}

/** Value of a JSON text; undefined, which no description is, where it is none. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function readText(source: Source, name: ReferenceFile): string {
  return new TextDecoder().decode(readBytes(source, name, 1));
}

function readBytes(
  { folder, files }: Source,
  name: ReferenceFile,
  elementBytes: number,
): ArrayBuffer {
  const bytes = files(name);
  if (!bytes) {
    throw new ReferenceRunError(
      `${folder}/${name} does not exist: a reference run needs ${referenceFiles.slice(0, -1).join(", ")} and ${referenceFiles.at(-1)}.`,
    );
  }
  if (bytes.byteLength % elementBytes !== 0) {
    throw new ReferenceRunError(
      `${folder}/${name}: ${bytes.byteLength} bytes are not a whole number of ` +
        `${elementBytes}-byte values.`,
    );
  }
  return new Uint8Array(bytes).buffer;
}
