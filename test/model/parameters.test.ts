import { expect, it } from "vitest";
import { branchParameters } from "../../src/experiment/branch.ts";
import { plannedColumn, timelineOf } from "../../src/experiment/definition.ts";
import { resolveParameters } from "../../src/model/derived-defaults.ts";
import {
  definitionOf,
  type ParameterName,
  type ParameterOverrides,
  type Parameters,
  parameterNames,
} from "../../src/model/parameters.ts";
import { set } from "../../src/timeline/interventions/set.ts";
import { timelineParameters } from "../../src/timeline/protocol-entries.ts";

/** Of runs in which all happens that parameters can ask for. */
const runs = [
  resolveParameters({ protocol: "deletion", trainingShuffled: true }),
  resolveParameters({ model: "2014", informationSignal: true }),
];

/** Values without which others are not allowed. */
const companions: Readonly<Record<string, ParameterOverrides>> = {
  timelineUnitMs: { timelineUnitMs: 800e3, baselineDurationS: 80_800 },
  informationTrials: { informationTrials: 0 },
  informationPhaseMs: { baselineDurationS: 161_600.001 },
  baselinePhaseMs: { baselineDurationS: 161_598.4 },
  deletionPhaseMs: { baselineDurationS: 161_440 },
  stimulation: { informationSignal: false },
  signalPopulations: { stimulatedPopulations: 4 },
  acetylcholine: { acetylcholine: false },
};

/** Another value that a parameter allows. */
function otherValue(name: ParameterName, parameters: Parameters): unknown {
  const definition = definitionOf(name);
  const present = parameters[name];
  if (definition.kind === "boolean") return !present;
  if (definition.kind === "choice") return definition.choices.find((one) => one !== present);
  if (present === 0) return 1;
  if (definition.kind === "integer") return Number(present) + (present === 1 ? 1 : -1);
  return Number(present) * 0.999;
}

it.each(parameterNames)("a branch and a timeline change %s as its entry says", (name) => {
  const { changes } = definitionOf(name);
  const parameters = runs.find((run) => Object.hasOwn(run, name))!;
  const changed = { [name]: otherValue(name, parameters), ...companions[name] };
  const branch = () => branchParameters(parameters, changed, 100);
  if (changes.latest === "beginning") expect(branch).toThrow(changes.reason);
  else expect(branch()).toMatchObject(changed);
  const { success, error } = set.schema.safeParse({ [name]: otherValue(name, parameters) });
  expect(success).toBe(changes.latest === "any time");
  if (changes.latest !== "any time") expect(error?.issues[0]?.message).toContain(changes.reason);
});

/** The parameters that a function reads. */
function readBy(parameters: Parameters, reads: (watched: Parameters) => unknown): ParameterName[] {
  const read = new Set<ParameterName>();
  const get = (values: Parameters, name: ParameterName) => {
    read.add(name);
    return values[name];
  };
  reads(new Proxy(parameters, { get }));
  return [...read];
}

it.each(runs)(
  "the timeline of a run without entries of its own follows from no other parameters: $model",
  (run) => {
    const read = readBy(run, (watched) => timelineOf({ parameters: watched, entries: [] }));
    // Own entries are checked against the cells.
    const allowed = ["model", ...timelineParameters, ...readBy(run, plannedColumn)];
    expect(read.filter((name) => !allowed.includes(name))).toEqual([]);
    expect(read.length).toBeGreaterThan(18);
  },
);
