import { z } from "zod";
import {
  type ParameterDefinition,
  type ParameterName,
  type ParameterOverrides,
  parameterDefinitions,
  parameterNames,
} from "../model/parameters.ts";
import { crc32 } from "../recording/crc32.ts";
import { measureNames } from "./measures.ts";
import type { Plan, PlanHeader, PlanTask } from "./plan.ts";
import type { ParameterValue } from "./variation.ts";

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
  preset: z.object({ name: z.string(), overrides: overridesSchema }),
  fixed: overridesSchema,
  varied: z.array(z.enum(parameterNames)),
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
    preset: { name: header.preset.name, overrides: header.preset.overrides as Settings },
    fixed: header.fixed as Settings,
    varied: [...header.varied],
    measures: [...header.measures],
    gainTimesMs: header.gainTimesMs && [...header.gainTimesMs],
    createdAt,
    baselines,
    runs: tasks.length - baselines,
    tasksCrc32: checksum(table),
  };
  return { header: `${JSON.stringify(contents, null, 2)}\n`, tasks: table };
}

type Settings = Record<string, ParameterValue>;

/**
 * @param file what messages call the plan
 * @throws {PlanFileError} when it is damaged, or of another version
 */
export function decodePlan({ header, tasks }: PlanFiles, file: string): Plan {
  const contents = readHeader(header, file);
  if (checksum(tasks) !== contents.tasksCrc32) {
    throw new PlanFileError(
      `The tasks of ${file} do not match their checksum: plan the sweep anew.`,
    );
  }
  const { createdAt, baselines, runs, tasksCrc32, format, formatVersion, ...rest } = contents;
  return { header: rest as PlanHeader, tasks: readTasks(tasks, rest.varied) };
}

/** Whether two plans are for the same simulations, measured and named alike. */
export function isSamePlan(a: PlanFiles, b: PlanFiles): boolean {
  const undated = ({ header }: PlanFiles) => header.replace(/"createdAt": .*/, "");
  return a.tasks === b.tasks && undated(a) === undated(b);
}

function readHeader(text: string, file: string): z.infer<typeof headerSchema> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new PlanFileError(`${file} is not JSON: plan the sweep anew.`);
  }
  const { data, error } = headerSchema.safeParse(value);
  if (error)
    throw new PlanFileError(
      `${file} is no plan that this program can read:\n${z.prettifyError(error)}`,
    );
  return data;
}

const checksum = (text: string): string =>
  crc32(new TextEncoder().encode(text)).toString(16).padStart(8, "0");

const columns = ["task", "kind", "hash", "seed", "baseline", "until_ms"] as const;

function tasksText(varied: readonly ParameterName[], tasks: readonly PlanTask[]): string {
  const rows = tasks.map(({ index, kind, hash, seed, baseline, untilMs, settings }) =>
    [index, kind, hash, seed, baseline, untilMs, ...varied.map((name) => settings[name])].join(","),
  );
  return `${[[...columns, ...varied].join(","), ...rows].join("\n")}\n`;
}

function readTasks(text: string, varied: readonly ParameterName[]): PlanTask[] {
  return text
    .trimEnd()
    .split("\n")
    .slice(1)
    .map((row) => {
      const [index, kind, hash, seed, baseline, untilMs, ...values] = row.split(",");
      return {
        index: Number(index),
        kind: kind as PlanTask["kind"],
        hash: hash!,
        seed: Number(seed),
        baseline: baseline === "" ? null : Number(baseline),
        untilMs: untilMs === "" ? null : Number(untilMs),
        settings: Object.fromEntries(
          varied.map((name, k) => [name, readValue(name, values[k]!)]),
        ) as ParameterOverrides,
      };
    });
}

function readValue(name: ParameterName, text: string): ParameterValue {
  const { kind }: ParameterDefinition = parameterDefinitions[name];
  if (kind === "boolean") return text === "true";
  return kind === "choice" ? text : Number(text);
}
