import { expect, it } from "vitest";
import { branchParameters } from "../../src/experiment/branch.ts";
import { plannedColumn, timelineOf } from "../../src/experiment/definition.ts";
import { resolveParameters } from "../../src/model/derived-defaults.ts";
import {
  definitionOf,
  type ParameterName,
  type Parameters,
  parameterNames,
} from "../../src/model/parameters.ts";
import { set } from "../../src/timeline/interventions/set.ts";
import { timelineParameters } from "../../src/timeline/protocol-entries.ts";

/** Of a run in which all happens that parameters can ask for. */
const parameters = resolveParameters({ protocol: "deletion", trainingShuffled: true });

/** Another value that a parameter allows. */
function otherValue(name: ParameterName): unknown {
  const definition = definitionOf(name);
  const present = parameters[name];
  if (definition.kind === "boolean") return !present;
  if (definition.kind === "choice") return definition.choices.find((one) => one !== present);
  if (present === 0) return 1;
  return definition.kind === "integer" ? Number(present) - 1 : Number(present) * 0.999;
}

const changed = (name: ParameterName) => ({ [name]: otherValue(name) });

it.each(parameterNames)("a branch and a timeline change %s as its entry says", (name) => {
  const { changes } = definitionOf(name);
  const branch = () => branchParameters(parameters, changed(name), 100);
  if (changes.latest === "beginning") expect(branch).toThrow(changes.reason);
  else expect(branch()).toMatchObject(changed(name));
  const { success, error } = set.schema.safeParse(changed(name));
  expect(success).toBe(changes.latest === "any time");
  if (changes.latest !== "any time") expect(error?.issues[0]?.message).toContain(changes.reason);
});

/** The parameters that a function reads. */
function readBy(reads: (watched: Parameters) => unknown): ParameterName[] {
  const read = new Set<ParameterName>();
  const get = (values: Parameters, name: ParameterName) => {
    read.add(name);
    return values[name];
  };
  reads(new Proxy(parameters, { get }));
  return [...read];
}

it("the timeline of a run without entries of its own follows from no other parameters", () => {
  const read = readBy((watched) => timelineOf({ parameters: watched, entries: [] }));
  // Own entries are checked against the cells.
  const allowed = [...timelineParameters, ...readBy(plannedColumn)];
  expect(read.filter((name) => !allowed.includes(name))).toEqual([]);
  expect(read.length).toBeGreaterThan(20);
});
