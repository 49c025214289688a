import * as z from "zod";
import { seed, timeValue } from "../timeline/interventions/fields.ts";
import { potentialKeys } from "./potentials.ts";

const parameterValue = z.union([z.number(), z.boolean(), z.string()], {
  error: "expected a number, a string, true or false",
});

const mapping = {
  error: ({ code }: { code?: string }) =>
    code === "invalid_type" ? "expected keys and values" : undefined,
};

/** One of something stands for a list of it. */
const listed = (given: unknown) => (given === undefined || Array.isArray(given) ? given : [given]);

const length = timeValue({ minimum: 0, above: true });

/** Schema of recordings other than spikes and events. */
export const recordSchema = z.strictObject(
  {
    samples: z
      .strictObject({ from: timeValue().optional(), every: length.optional() }, mapping)
      .optional(),
    gains: z.preprocess(listed, z.array(timeValue())).optional(),
    potentials: potentialKeys.optional(),
  },
  mapping,
);

/** The structure of an experiment's file; entries of its timeline are read by themselves. */
export const experimentSchema = z.strictObject(
  {
    description: z.string({ error: "expected a text" }).optional(),
    preset: z.string({ error: "expected the name of an experiment" }).optional(),
    parameters: z.record(z.string(), parameterValue, mapping).optional(),
    duration: length.optional(),
    seed: seed("").optional(),
    timeline: z.array(z.unknown(), { error: "expected a list of entries" }).optional(),
    record: recordSchema.optional(),
  },
  mapping,
);

export type ExperimentContents = z.infer<typeof experimentSchema>;
