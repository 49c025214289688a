import { expect, test } from "vitest";
import { resolveParameters } from "../../src/model/derived-defaults.ts";
import { parseOriginalOverrides } from "../../src/model/overrides.ts";
import { namesOf } from "../../src/model/parameters.ts";

const of2014 = (original: string) =>
  resolveParameters({ model: "2014", ...parseOriginalOverrides(original) });

test("the published run of the 2014 model", () => {
  expect(of2014("")).toMatchObject({
    model: "2014",
    baselineDurationS: 161_600,
    learningDurationS: 0,
    recallDurationS: 0,
    timelineUnitMs: 1.6e6,
    trialDurationMs: 16e3,
    informationPhaseMs: 0,
    baselinePhaseMs: 1.6e6,
    deletionPhaseMs: 1.6e8,
    scalingStartMs: 1.6e6,
    deletionStartMs: 1.6e7,
    stimulationStartMs: 1.6e7,
    scalingBeta: 4e-8,
    scalingGamma: 2e-10,
    scaleFactorMaximum: 100,
    growthFactor: true,
    deletion: true,
    deletionProcess: "dynamic",
    deletionSelection: "random",
    deletionStepCells: 3,
    deathRatePerS: 1e-4,
    damageStep: 15,
    externalReduction: 0.25,
    samplingStartMs: 0,
    samplingIntervalMs: 100e3,
    stimulationSeed: 1,
    stimulationRateHz: 3,
    stimulationWeightMv: 2,
    plasticMaximumEE: 4,
    trainingRateHz: 1e-6,
    trainingWeightMv: 1e-4,
    weightRandomization: -1,
  });
});

test("derived defaults follow each other, with six digits at each step", () => {
  const parameters = of2014("basetime=1234567 DeletionDur=1234567.5 PreDur=2469.1375");
  expect(parameters).toMatchObject({
    baselinePhaseMs: 1_234_570,
    scalingStartMs: 1_234_570,
    deletionStartMs: 1.23457e7,
  });
});

test("damage of external input has another step", () => {
  expect(of2014("extinpdamage=1").damageStep).toBe(0.005);
  expect(of2014("extinpdamage=1 dynamicdelstep=0.3").damageStep).toBe(0.3);
});

test("choices by the original's numbers", () => {
  expect(of2014("dynamicdelete=0 randomdelete=0 roulettewheelselection=1")).toMatchObject({
    deletionProcess: "fixed-size",
    deletionSelection: "scale-factor",
    scaleFactorSelection: "roulette",
  });
});

test.each([
  [
    "stdpsim=1",
    /protocol \(stdpsim\) is a parameter of the 2013 model.*Here deletion \(deleting\)/,
  ],
  ["segmentlength=1e3", /deletionIntervalMs \(segmentlength\).*timelineUnitMs \(basetime\)/],
  ["{sensorDecay=consistent}", /sensorDecay is a parameter of the 2013 model.*set model=2013/],
])("a name of the 2013 model is refused: %s", (original, message) => {
  expect(() => of2014(original)).toThrow(message);
});

test("a name of the 2014 model is refused in the 2013 model", () => {
  const overrides = parseOriginalOverrides("basetime=1e3 useprosthesis=0");
  expect(() => resolveParameters(overrides)).toThrow(
    /timelineUnitMs \(basetime\) is a parameter of the 2014 model.*\n.*stimulation \(useprosthesis\)/,
  );
});

test.each([
  ["PreDur=100", /deletionPhaseMs = 0 \+ 1600000 \+ 160000000 = 161600000 ms: expected 100000 ms/],
  [
    "numinfotrials=1 GetInfoDur=0",
    /informationTrials \(numinfotrials\) = 1: expected 0; .*never delivers/,
  ],
  ["useACh=1", /acetylcholine \(useACh\) = true: expected false; .*no effect/],
  ["nsigcellpops=2", /stimulatedPopulations \(nproscellpops\) = 5: expected at most 2/],
  ["useprosthesis=0 useinfosignal=1", /informationSignal \(useinfosignal\)/],
])("what the original cannot do is refused: %s", (original, message) => {
  expect(() => of2014(original)).toThrow(message);
});

test("without stimulation, the number of signal populations is free", () => {
  expect(of2014("nsigcellpops=1 useprosthesis=0").signalPopulations).toBe(1);
});

test("each model has parameters of its own, and most are of both", () => {
  const [before, after] = [namesOf(2013), namesOf(2014)];
  const shared = before.filter((name) => after.includes(name));
  expect(shared.length).toBeGreaterThan(50);
  expect(after.length - shared.length).toBeGreaterThan(36);
});
