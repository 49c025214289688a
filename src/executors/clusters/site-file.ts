import * as z from "zod";
import { schemaProblems } from "../../document/schema-problems.ts";
import { YamlDocument } from "../../document/yaml.ts";
import { unknownKey } from "../../model/nearest-name.ts";
import { durationFromText } from "../../study/planning/resources.ts";
import { memory, quantity, wallTime } from "../../study/planning/schema.ts";
import { checkJobOptions, isLine, isName, type JobOptions } from "./job-options.ts";

const word = z.string().refine(isName, "expected a name without spaces");
const line = z.string().refine(isLine, "expected one line of text");
const lines = z.union([line.transform((one) => [one]), z.array(line)], {
  error: "expected a line of text, or a list of such lines",
});

/** Schema of a site's file. */
const siteSchema = z.strictObject(
  {
    queue: word.optional(),
    account: word.optional(),
    time: wallTime.optional(),
    memory: memory.optional(),
    warning: quantity(durationFromText, 'a text such as "60 s"').optional(),
    tasksAtOnce: z.int().positive().optional(),
    runsPerTask: z.int().positive().optional(),
    lines: lines.optional(),
    prelude: lines.optional(),
    command: line.optional(),
  },
  { error: ({ code }) => (code === "invalid_type" ? "expected keys and values" : undefined) },
);

/**
 * Reads what jobs of a site have in common from its file's text.
 *
 * @param file what messages call the file
 * @throws {DocumentError} with all that is wrong, each with its line and key
 */
export function readSite(text: string, file: string): Partial<JobOptions> {
  const document = new YamlDocument(text, file);
  const { data, error } = siteSchema.safeParse(document.value ?? {});
  if (error) {
    document.throwIfAny(
      schemaProblems(error, siteSchema, unknownKey).map(({ path, message }) =>
        document.problem(path, message),
      ),
    );
    throw error;
  }
  const { time: timeMs, memory: memoryBytes, warning: warningMs, ...rest } = data;
  return withoutGaps({ ...rest, timeMs, memoryBytes, warningMs });
}

/**
 * Options, those of the later given preferred; lists are added up.
 *
 * @throws {JobOptionsError} when they do not go together
 */
export function mergeOptions(
  base: JobOptions,
  ...others: readonly Partial<JobOptions>[]
): JobOptions {
  let merged = base;
  for (const own of others) {
    const lines = [...merged.lines, ...(own.lines ?? [])];
    const prelude = [...merged.prelude, ...(own.prelude ?? [])];
    merged = { ...merged, ...withoutGaps(own), lines, prelude };
  }
  checkJobOptions(merged);
  return merged;
}

/** An object without the entries that are undefined, so that they hide nothing in another. */
function withoutGaps<T extends object>(entries: T): Present<T> {
  const present = Object.entries(entries).filter(([, value]) => value !== undefined);
  return Object.fromEntries(present) as Present<T>;
}

type Present<T> = { [K in keyof T]?: Exclude<T[K], undefined> };
