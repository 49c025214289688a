import * as z from "zod";
import { sealedJson, textChecksum, unsealed, unsealedOrOlder } from "../../encoding/sealed-json.ts";
import { isEntryKey } from "../../experiment/entry-settings.ts";
import { measureNames } from "../../measures/quantities.ts";
import { definitionOf, parameterDefinitions } from "../../model/parameters.ts";
import type { Plan, PlanHeader, PlanTask } from "./plan.ts";
import type { ParameterValue, SettingName, Settings } from "./variation.ts";

/** A plan's files do not fit together, or are not what was written. */
export class PlanFileError extends Error {
  override readonly name = "PlanFileError";
}

const PLAN_FORMAT_VERSION = 1;

const overridesSchema = z.record(z.string(), z.union([z.number(), z.boolean(), z.string()]));
const count = z.int().nonnegative();

const headerSchema = z.object({
  format: z.literal("isocortex sweep plan"),
  formatVersion: z.literal(PLAN_FORMAT_VERSION),
  name: z.string(),
  description: z.string(),
  program: z.object({ name: z.string(), version: z.string() }),
  preset: z.object({
    name: z.string(),
    overrides: overridesSchema,
    entries: z.array(z.record(z.string(), z.json())).optional(),
  }),
  fixed: overridesSchema,
  varied: z.array(
    z.custom<SettingName>(
      (name) =>
        typeof name === "string" && (isEntryKey(name) || Object.hasOwn(parameterDefinitions, name)),
    ),
  ),
  measures: z.array(z.enum(measureNames)),
  gainTimesMs: z.array(z.number().nonnegative()).optional(),
  judged: z.boolean().optional(),
  resources: z.object({
    timeMs: z.number().positive().optional(),
    memoryBytes: z.number().positive().optional(),
  }),
  createdAt: z.iso.datetime(),
  baselines: count,
  runs: count,
  /** CRC-32 of the table of tasks, 8 hexadecimal digits. */
  tasksCrc32: z.string(),
});

/** A plan as it is kept: a header in JSON, and a table of its tasks in CSV. */
export interface PlanFiles {
  readonly header: string;
  readonly tasks: string;
}

/** @param createdAt ISO 8601, UTC */
export function encodePlan({ header, tasks }: Plan, createdAt: string): PlanFiles {
  const table = tasksText(header.varied, tasks);
  const baselines = tasks.filter(({ kind }) => kind === "baseline").length;
  const contents: z.infer<typeof headerSchema> = {
    format: "isocortex sweep plan",
    formatVersion: PLAN_FORMAT_VERSION,
    ...header,
    preset: header.preset as z.infer<typeof headerSchema>["preset"],
    fixed: header.fixed as z.infer<typeof headerSchema>["fixed"],
    varied: [...header.varied],
    measures: [...header.measures],
    gainTimesMs: header.gainTimesMs && [...header.gainTimesMs],
    createdAt,
    baselines,
    runs: tasks.length - baselines,
    tasksCrc32: textChecksum(table),
  };
  return { header: sealedJson(contents), tasks: table };
}

/**
 * @param file what messages call the plan
 * @throws {PlanFileError} when it is damaged, or of another version
 */
export function decodePlan({ header, tasks }: PlanFiles, file: string): Plan {
  const contents = readHeader(header, file);
  if (textChecksum(tasks) !== contents.tasksCrc32) {
    throw new PlanFileError(
      `The tasks of ${file} do not match their checksum: plan the sweep again.`,
    );
  }
  const { createdAt, baselines, runs, tasksCrc32, format, formatVersion, ...rest } = contents;
  return { header: rest as PlanHeader, tasks: readTasks(tasks, rest.varied) };
}

/**
 * True if a plan that was kept is intact, and for the same simulations, measured and named alike.
 */
export function isSamePlan(plan: PlanFiles, kept: PlanFiles): boolean {
  const undated = ({ header }: PlanFiles) => header.replace(/"(?:createdAt|crc32)": .*/g, "");
  const isIntact = unsealed(kept.header) !== undefined;
  return isIntact && plan.tasks === kept.tasks && undated(plan) === undated(kept);
}

function readHeader(text: string, file: string): z.infer<typeof headerSchema> {
  const value = unsealedOrOlder(text, Object.keys(headerSchema.shape));
  if (!value) throw new PlanFileError(`${file} does not match its checksum: plan the sweep again.`);
  const { data, error } = headerSchema.safeParse(value);
  if (error)
    throw new PlanFileError(
      `${file} is not a plan that this program can read:\n${z.prettifyError(error)}`,
    );
  return data;
}

const columns = ["task", "kind", "hash", "seed", "baseline", "until_ms"] as const;

function tasksText(varied: readonly SettingName[], tasks: readonly PlanTask[]): string {
  const rows = tasks.map(({ index, kind, hash, seed, baseline, untilMs, settings }) => {
    const values = varied.map((name) => valueText(name, settings[name]!));
    return [index, kind, hash, seed, baseline, untilMs, ...values].join(",");
  });
  return `${[[...columns, ...varied].join(","), ...rows].join("\n")}\n`;
}

function readTasks(text: string, varied: readonly SettingName[]): PlanTask[] {
  return text
    .trimEnd()
    .split("\n")
    .slice(1)
    .map((row) => {
      const [index, kind, hash, seed, baseline, untilMs, ...values] = cellsOf(row);
      return {
        index: Number(index),
        kind: kind as PlanTask["kind"],
        hash: hash!,
        seed: Number(seed),
        baseline: baseline === "" ? null : Number(baseline),
        untilMs: untilMs === "" ? null : Number(untilMs),
        settings: Object.fromEntries(
          varied.map((name, k) => [name, readValue(name, values[k]!)]),
        ) as Settings,
      };
    });
}

/** A value as the table has it: of an entry's key as JSON, quoted, as texts may hold commas. */
const valueText = (name: SettingName, value: ParameterValue): string =>
  isEntryKey(name) ? `"${JSON.stringify(value).replaceAll('"', '""')}"` : String(value);

/** The cells of a row, each quoted or without commas. */
const cellsOf = (row: string): string[] =>
  Array.from(row.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g), ([, quoted, plain = ""]) =>
    quoted === undefined ? plain : quoted.replaceAll('""', '"'),
  );

function readValue(name: SettingName, text: string): ParameterValue {
  if (isEntryKey(name)) return JSON.parse(text) as ParameterValue;
  const { kind } = definitionOf(name);
  if (kind === "boolean") return text === "true";
  return kind === "choice" ? text : Number(text);
}
