import { describe, expect, test } from "vitest";
import type { Preset } from "../../src/experiment/preset.ts";
import { findPreset, presets, UnknownPresetError } from "../../src/experiment/presets.ts";
import { sampleTimes } from "../../src/experiment/schedule.ts";
import { resolveParameters } from "../../src/model/derived-defaults.ts";
import { parseOriginalOverrides } from "../../src/model/overrides.ts";
import { findParameter } from "../../src/model/parameter-names.ts";
import { parameterNames } from "../../src/model/parameters.ts";
import { durationMs } from "../../src/model/timeline.ts";

const published = [
  "baseline",
  "training",
  "training-with-scaling",
  "scaling",
  "deletion",
  "deletion-with-scaling",
  "deletion-as-deposited",
  "deletion-with-scaling-as-deposited",
] as const;

const published2014 = [
  "alzheimer-without-scaling",
  "alzheimer",
  "alzheimer-stimulated",
  "alzheimer-stimulated-locally",
  "information-signal",
  "alzheimer-information",
] as const;

const modelOfPreset = ({ overrides: { model = "2013" } }: Preset) => model;

const pairs = [
  ["training", "training-with-scaling"],
  ["deletion", "deletion-with-scaling"],
  ["deletion-as-deposited", "deletion-with-scaling-as-deposited"],
] as const;

const parametersOf = (name: string) => resolveParameters(findPreset(name).overrides);

test("each published experiment is followed by its quick sibling", () => {
  const expected = [...published, ...published2014].flatMap((name) => [name, `${name}-quick`]);
  expect(presets.map(({ name }) => name)).toEqual(expected);
});

test("only published experiments give figures of the paper, and together all but the model's", () => {
  const figuresOf = (names: readonly string[]) =>
    names.flatMap((name) => findPreset(name).figure?.match(/\d/g) ?? []);
  expect([...new Set(figuresOf(published))].sort()).toEqual(["2", "3", "4", "5", "6", "7"]);
  expect(figuresOf([...published, ...published2014].map((name) => `${name}-quick`))).toEqual([]);
  const figures2014 = published2014.map((name) => findPreset(name).figure!);
  expect(figures2014).toEqual(["5", "5", "6, 7", "8, 9", "10", "11"].map((n) => `${n} (2014)`));
});

test.each(presets)("$name: the original's notation gives the same parameters", (preset) => {
  const overrides = parseOriginalOverrides(preset.original);
  const fromOriginal = resolveParameters({ model: modelOfPreset(preset), ...overrides });
  expect(fromOriginal).toEqual(resolveParameters(preset.overrides));
});

test.each(presets)("$name: every name but sensorDecay is the original's", ({ original }) => {
  const names = [...original.matchAll(/(\w+)=/g)].map(([, name]) => name!);
  expect(names.every((name) => findParameter(name) !== undefined)).toBe(true);
  const ours = names.filter((name) => (parameterNames as readonly string[]).includes(name));
  // The one switch whose name both share.
  expect(ours.filter((name) => name !== "scaling" && name !== "sensorDecay")).toEqual([]);
});

test.each([
  ["training", "{stdpsim=1 scaling=0}"],
  ["training-with-scaling", "{stdpsim=1 scaling=1}"],
  ["scaling", "{stdpsim=1 scaling=1 PreDur=160000 LearnDur=0 PostDur=0}"],
  ["alzheimer-without-scaling", "{useprosthesis=0 scaling=0 dynamicdelete=0}"],
  ["alzheimer", "{useprosthesis=0}"],
  ["alzheimer-stimulated", "{}"],
  ["alzheimer-stimulated-locally", "{nproscellpops=1}"],
  [
    "information-signal",
    "{deleting=0 scaling=0 useinfosignal=1 DeletionDur=1600000 PreDur=3200 infosignalstart=1600000 prosthesisstart=2400000}",
  ],
  ["alzheimer-information", "{useinfosignal=1}"],
  ["deletion-as-deposited", "{stdpsim=0 scaling=0 deletionstep=3}"],
  ["deletion-with-scaling-as-deposited", "{stdpsim=0 scaling=1 deletionstep=3}"],
  [
    "deletion",
    "{stdpsim=0 scaling=0 deletionstep=3 PreDur=160000 LearnDur=0 PostDur=0 segmentlength=1600000}",
  ],
])("%s is the deposited command %s", (name, command) => {
  expect(findPreset(name).original).toBe(command);
});

test.each([
  ["baseline", [800, 0, 0], 800e3],
  ["training", [800, 8000, 800], 800e3],
  ["training-with-scaling", [800, 8000, 800], 800e3],
  ["scaling", [160_000, 0, 0], 800e3],
  ["deletion", [160_000, 0, 0], 800e3],
  ["deletion-with-scaling", [160_000, 0, 0], 800e3],
  ["deletion-as-deposited", [800, 8000, 800], 800e3],
  ["deletion-with-scaling-as-deposited", [800, 8000, 800], 800e3],
])("%s lasts as long as published", (name, [baseline, learning, recall], scalingStartMs) => {
  expect(parametersOf(name)).toMatchObject({
    baselineDurationS: baseline,
    learningDurationS: learning,
    recallDurationS: recall,
    scalingStartMs,
  });
});

test.each(
  pairs.flatMap(([without, withScaling]) => [
    [without, withScaling],
    [`${without}-quick`, `${withScaling}-quick`],
  ]),
)("%s and %s differ in scaling alone", (without, withScaling) => {
  expect(parametersOf(without).scaling).toBe(false);
  expect(parametersOf(withScaling)).toEqual({ ...parametersOf(without), scaling: true });
});

test.each([
  ["deletion", 300],
  ["deletion-quick", 300],
  ["deletion-as-deposited", 36],
  ["deletion-as-deposited-quick", 36],
])("%s loses %i cells", (name, lostCells) => {
  const parameters = parametersOf(name);
  expect(parameters.protocol).toBe("deletion");
  const rounds = Math.floor(durationMs(parameters) / parameters.deletionIntervalMs);
  expect(rounds * parameters.deletionStepCells).toBe(lostCells);
});

describe.each(presets.filter(({ name }) => name.endsWith("-quick")))("$name", ({ name }) => {
  const quick = parametersOf(name);
  const sibling = parametersOf(name.replace(/-quick$/, ""));

  test("has its sibling's protocol and the phases that its sibling has", () => {
    const kind = ({ protocol, scaling, deletionStepCells }: typeof quick) => ({
      protocol,
      scaling,
      deletionStepCells,
    });
    expect(kind(quick)).toEqual(kind(sibling));
    for (const phase of ["learningDurationS", "recallDurationS"] as const) {
      expect(quick[phase] > 0).toBe(sibling[phase] > 0);
    }
  });

  test("is sampled at least a hundred times", () => {
    let samples = 0;
    for (const times = sampleTimes(quick); times.nextMs < Infinity; times.pass()) samples++;
    expect(samples).toBeGreaterThanOrEqual(100);
  });

  test("fills the sensor before scaling reads it, in 2013 through a loop that is stable", () => {
    const { sensorTimeConstantMs, scalingStartMs, scalingBeta, scalingGamma } = quick;
    if (quick.scaling) {
      expect(scalingStartMs).toBeGreaterThanOrEqual(3 * sensorTimeConstantMs);
    }
    if (quick.model === "2014") return;
    expect(quick.sensorDecay).toBe("consistent");
    expect(scalingBeta / scalingGamma).toBeGreaterThan(sensorTimeConstantMs);
  });
});

test("an unknown name is answered with the nearest one", () => {
  expect(findPreset("scaling").title).toBe("Scaling alone for 44 h");
  const call = () => findPreset("Trainin");
  expect(call).toThrow(UnknownPresetError);
  expect(call).toThrow('There is no experiment "Trainin". Did you mean training?');
});
