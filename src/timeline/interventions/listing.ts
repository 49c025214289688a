import * as z from "zod";
import { models } from "../../model/parameter-definition.ts";
import type { FieldDescription } from "./fields.ts";
import type { InterventionKind } from "./kind.ts";
import { interventionKinds } from "./registry.ts";

/** Key of an intervention in a listing. */
export interface KeyListing extends FieldDescription {
  /** Name of the key; empty if the intervention has a single value. */
  readonly name: string;
  /** True if the key is required. */
  readonly required: boolean;
}

/** Kind of intervention in a listing. */
export interface InterventionListing {
  readonly key: string;
  readonly description: string;
  /** Years of the models that have it. */
  readonly models: readonly (2013 | 2014)[];
  /** Form: at instants, or with a duration. */
  readonly form: "instant" | "state";
  /** Example of an entry, as `--add` accepts it. */
  readonly example: string;
  readonly keys: readonly KeyListing[];
}

/**
 * All kinds of intervention with their keys, units and defaults.
 *
 * @example
 * ```ts
 * import { interventions } from "isocortex";
 *
 * for (const { key, description, example } of interventions.listInterventions()) {
 *   console.log(key, description, example);
 * }
 * ```
 */
export const listInterventions = (): readonly InterventionListing[] =>
  interventionKinds().map(({ key, description, models: own = models, form, example, schema }) => ({
    key,
    description,
    models: own,
    form,
    example,
    keys: keysOf(schema),
  }));

function keysOf(schema: InterventionKind["schema"]): readonly KeyListing[] {
  if (!(schema instanceof z.ZodObject)) return [listingOf("", schema)];
  const shape: Readonly<Record<string, z.ZodType>> = schema.shape;
  return Object.entries(shape).map(([name, field]) => listingOf(name, field));
}

/** Descriptions stand on the schema itself or, where it may be left out, on what it wraps. */
function listingOf(name: string, field: z.ZodType): KeyListing {
  const described = field instanceof z.ZodOptional ? (field.unwrap() as z.ZodType) : field;
  const description = described.meta() as unknown as FieldDescription;
  const required = description.default === undefined && !(field instanceof z.ZodOptional);
  return { name, required, ...description };
}
