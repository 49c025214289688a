import {
  choice,
  derived,
  type Given,
  number,
  type ParameterDefinition,
  toggle,
} from "../../src/model/parameter-definition.ts";
import { anyTime, newNetwork } from "../../src/model/parameters/changes.ts";

/* What does not compile: `npm run check` fails where one of these lines would. */
export const incomplete = () => {
  const models = { 2013: null };
  const course = { matters: "from the beginning", changes: anyTime } as const;
  const value = { default: 1, unit: "mV", range: [0, 1] } as const;
  number({ doc: "All that there is.", models, ...value, ...course });
  // @ts-expect-error: what it does
  number({ models, ...value, ...course });
  // @ts-expect-error: which models have it, and under which name
  number({ doc: "", ...value, ...course });
  // @ts-expect-error: its name in each model
  number({ doc: "", models: {}, ...value, ...course });
  // @ts-expect-error: a default
  number({ doc: "", models, unit: "mV", range: [0, 1], ...course });
  // @ts-expect-error: a unit
  number({ doc: "", models, default: 1, range: [0, 1], ...course });
  // @ts-expect-error: a range
  number({ doc: "", models, default: 1, unit: "mV", ...course });
  // @ts-expect-error: when it first matters
  number({ doc: "", models, ...value, changes: anyTime });
  // @ts-expect-error: how late it can be changed
  number({ doc: "", models, ...value, matters: "from the beginning" });
  // @ts-expect-error: runs must not share a past after which a branch could not change it
  number({ doc: "", models, ...value, matters: "with scaling", changes: newNetwork });
  // @ts-expect-error: a misspelt option
  number({ doc: "", models, ...value, ...course, abovMin: true });
  // @ts-expect-error: a switch, too, matters some time and changes somehow
  toggle({ doc: "", models, default: true });
  // @ts-expect-error: a default among the choices
  choice({ doc: "", models, default: "b", choices: ["a"], ...course });
  const other = derived("twice another", ({ another }: Given<"another">) => 2 * another);
  // @ts-expect-error: entries are made by these functions alone, so that nothing is left out
  return { kind: "number", default: other } satisfies ParameterDefinition;
};
