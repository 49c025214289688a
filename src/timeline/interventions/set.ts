import * as z from "zod";
import { parseAssignments } from "../../model/overrides.ts";
import { InvalidParametersError } from "../../model/parameter-error.ts";
import { findParameter } from "../../model/parameter-names.ts";
import {
  definitionOf,
  type ParameterName,
  type ParameterOverrides,
} from "../../model/parameters.ts";
import { overrideErrors } from "../../model/validation.ts";
import type { Column } from "../column.ts";
import { type Held, stateKind } from "./kind.ts";

const value = z.union([z.number(), z.boolean(), z.string()], {
  error: "expected a number, a string, true or false",
});

const schema = z
  .record(z.string(), value, { error: "expected parameters and their values" })
  .transform((given, context): ParameterOverrides => {
    const read = Object.entries(given).map(([name, one]) => readValue(name, one, context));
    if (read.length === 0) context.addIssue("expected at least one parameter and its value");
    return Object.assign({}, ...read);
  })
  .meta({
    description: "Parameters and their values, with isocortex's or the original's names.",
    allowed: "any parameter that a branch may change and that no other intervention sets",
    unit: "",
  });

function readValue(name: string, given: unknown, context: z.RefinementCtx): ParameterOverrides {
  const complain = (message: string) => {
    context.addIssue({ code: "custom", path: [name], message });
    return {};
  };
  const known = findParameter(name);
  const changes = known && definitionOf(known).changes;
  if (changes && changes.latest !== "any time") {
    return complain(`${known} cannot change during a run: ${changes.reason}`);
  }
  try {
    return parseAssignments([`${name}=${given}`]);
  } catch (error) {
    if (!(error instanceof InvalidParametersError)) throw error;
    return complain(error.errors[0]!.message);
  }
}

export const set = stateKind<ParameterOverrides>({
  key: "set",
  description: "Changes parameters.",
  example: "at 100 s: set { scalingBeta: 4e-8 }",
  schema,
  check(changes, { parameters }) {
    const errors = overrideErrors({ ...changes, model: parameters.model });
    return errors.map(({ parameter, message }) => ({ path: [parameter], message }));
  },
  label: (changes) =>
    Object.entries(changes)
      .map(([name, one]) => `${name} = ${one}`)
      .join(", "),
  hold: change,
  resume(held, column) {
    if (held.length > 0) change(held, column);
  },
});

function change(held: readonly Held<ParameterOverrides>[], column: Column): void {
  const changes: Partial<Record<ParameterName, unknown>> = {};
  for (const { action } of held) Object.assign(changes, action);
  column.changeParameters(changes as ParameterOverrides);
}
