import * as z from "zod";
import { measureNames } from "../../measures/quantities.ts";
import { memoryFromText, WALL_TIME_EXAMPLE, wallTimeFromText } from "./resources.ts";

const executorNames = ["local", "slurm", "gridengine"] as const;

/** Executor of sweeps. */
export type ExecutorName = (typeof executorNames)[number];

const value = z.union([z.number(), z.boolean(), z.string()], {
  error: ({ input }) =>
    typeof input === "number"
      ? "expected a finite number"
      : "expected a number, a string, true or false",
});

const range = z.strictObject({
  from: z.number(),
  to: z.number(),
  step: z.number().optional(),
  count: z.int().min(2).max(100_000).optional(),
  spacing: z.enum(["linear", "logarithmic"]).optional(),
});

const values = z.union([z.array(value).min(1), range], {
  error: "expected a list of values, or a range with from, to and either step or count",
});

const seed = z.int().min(0).max(0xffffffff);

const seeds = z.union([z.int().min(1).max(1_000_000), z.array(seed).min(1)], {
  error: "expected a number n of seeds (1 to n), or a list of seeds",
});

/** A text with a number and, where the reader wants one, a unit. */
export const quantity = <T>(read: (text: string) => T | undefined, example: string) =>
  z
    .union([z.string(), z.number().transform(String)], { error: `expected ${example}` })
    .transform((text, context) => {
      const found = read(text);
      if (found !== undefined) return found;
      context.addIssue(`expected ${example}`);
      return z.NEVER;
    });

export const wallTime = quantity(wallTimeFromText, WALL_TIME_EXAMPLE);
export const memory = quantity(memoryFromText, 'a text such as "400 MB"');

/** The structure of a sweep's file. */
export const sweepSchema = z.strictObject(
  {
    name: z
      .string()
      .regex(
        /^\w[\w.-]{0,99}$/,
        "expected at most 100 letters, digits, dots and hyphens, a letter or digit first",
      )
      .optional(),
    description: z.string().optional(),
    preset: z.string().optional(),
    experiment: z.string({ error: "expected the path of a file" }).optional(),
    set: z.record(z.string(), value).optional(),
    vary: z.record(z.string(), values).optional(),
    combine: z.enum(["grid", "zip"]).optional(),
    seeds: seeds.optional(),
    measures: z.array(z.enum(measureNames)).min(1).optional(),
    gainTimesS: z.array(z.number().nonnegative()).optional(),
    resources: z
      .strictObject({
        time: wallTime.optional(),
        memory: memory.optional(),
      })
      .optional(),
    executor: z.enum(executorNames).optional(),
    /** Earlier name of `executor`. */
    engine: z.enum(executorNames).optional(),
  },
  { error: ({ code }) => (code === "invalid_type" ? "expected keys and values" : undefined) },
);

export type SweepContents = z.infer<typeof sweepSchema>;
