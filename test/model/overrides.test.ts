import fc from "fast-check";
import { expect, test } from "vitest";
import { resolveParameters } from "../../src/model/derived-defaults.ts";
import {
  parseAssignments,
  parseOriginalOverrides,
  readOriginalCommand,
} from "../../src/model/overrides.ts";
import { InvalidParametersError, type ParameterError } from "../../src/model/parameter-error.ts";
import { findParameter, originalNames } from "../../src/model/parameter-names.ts";
import { type ParameterOverrides, parameterNames } from "../../src/model/parameters.ts";

/** What a call refuses. */
function errorsOf(call: () => unknown): readonly ParameterError[] {
  try {
    call();
  } catch (error) {
    if (error instanceof InvalidParametersError) return error.errors;
    throw error;
  }
  throw new Error("nothing was refused");
}

test("our names and the original's mean the same", () => {
  expect(parseAssignments(["plasticIncrementEE=0.05", "learningDurationS=40"])).toEqual({
    plasticIncrementEE: 0.05,
    learningDurationS: 40,
  });
  expect(parseAssignments(["plastEEinc=0.05", "LearnDur=40"])).toEqual({
    plasticIncrementEE: 0.05,
    learningDurationS: 40,
  });
});

test.each([
  ["true", true],
  ["on", true],
  ["Yes", true],
  ["1", true],
  ["false", false],
  ["OFF", false],
  ["no", false],
  ["0", false],
])("a switch may be %s", (text, value) => {
  expect(parseAssignments([`scaling=${text}`])).toEqual({ scaling: value });
});

test.each([
  ["stdpsim=1", { protocol: "training" }],
  ["stdpsim=0", { protocol: "deletion" }],
  ["protocol=training", { protocol: "training" }],
  ["randomdelete=0", { deletionSelection: "scale-factor" }],
  ["randomdelete=1", { deletionSelection: "random" }],
  ["sensorDecay=consistent", { sensorDecay: "consistent" }],
])("the choice %s", (assignment, overrides) => {
  expect(parseAssignments([assignment])).toEqual(overrides);
});

test("spaces around names and values do not matter, the last value counts", () => {
  expect(parseAssignments([" PreDur = 2 * 60 ", "PreDur=7"])).toEqual({ baselineDurationS: 7 });
});

test("every definition accepts its own default as text, under each of its names", () => {
  for (const name of parameterNames) {
    const value = [resolveParameters(), resolveParameters({ model: "2014" })]
      .map((parameters) => parameters[name])
      .find((one) => one !== undefined);
    for (const known of [name, ...originalNames(name)]) {
      expect(parseAssignments([`${known}=${value}`])).toEqual({ [name]: value });
    }
  }
});

test("each name belongs to one parameter", () => {
  for (const name of parameterNames) {
    for (const known of [name, ...originalNames(name)]) expect(findParameter(known)).toBe(name);
  }
});

const originalCommandLineNames =
  `stdpsim scaling scale PreDur LearnDur PostDur activitytau activitybeta
  activitygamma scalingstart recording_interval recording_start buffertime plastEEinc plastEEmaxw
  plastEIinc plastEImaxw plastIEinc plastIEmaxw plastIIinc plastIImaxw TrainRate TrainW TrainDUR
  TrainRand TrainStart TrainStop PlastStart PlastStop randomdelete deletionstep segmentlength
  infotriallength scaleexternal scaleexternalrate dvseed pseed inputseed EXGain sgrhzEE sgrhzEI
  sgrhzIE sgrhzII sgrhzNM EEGain EIGain IEGain IIGain NMAMR pmatscale wmatscale tauahpRS colside
  slambda mg_INTF6 EAM_INTF6 ENM_INTF6 EGA_INTF6 basetime numinfotrials numpatterns GetInfoDur
  BaselineDur DeletionDur deletionstart prosthesisstart prosthesisstop growthfactorscaling
  externalwtgain internalwtgain infotrialextwtgain deleting dynamicdelete roulettewheelselection
  delspeed extinpdamage dynamicdelstep stimseed stimpercent stimsy stimfreq infostimwt stimwt useACh
  inhibsy inhibwt nsigcellpops nproscellpops prosfreq proswt useprosthesis useinfosignal
  infosignalstart infosignalfreq randsy`.split(/\s+/);

test.each(originalCommandLineNames)("the original's %s is known", (name) => {
  expect(findParameter(name)).toBeDefined();
});

test("the original's command line, with its spaces, groups and expressions", () => {
  const expected = {
    protocol: "training",
    scaling: false,
    baselineDurationS: 160_000,
    gainEE: 60 / 11,
    reversalGabaMv: -15,
  };
  for (const text of [
    "{stdpsim=1 scaling=0 PreDur=160000 EEGain=4*15/11 EGA_INTF6=-15}",
    "{ stdpsim = 1  scaling=0\n PreDur = 160e3 EEGain = 4 * 15 / 11\tEGA_INTF6 = -15 }",
    "{stdpsim=1} {scaling=0 PreDur=(100+60)*1e3}{EEGain=4*15/11 EGA_INTF6=-15} ",
    "stdpsim=1 scaling=0 PreDur=160000 EEGain=4*15/11 EGA_INTF6=-15",
  ]) {
    expect(parseOriginalOverrides(text)).toEqual(expected);
  }
  expect(parseOriginalOverrides("infotriallength=8000")).toEqual({ trialDurationMs: 8000 });
  expect(parseOriginalOverrides("{}")).toEqual({});
  expect(parseOriginalOverrides("")).toEqual({});
});

test("numbers written as the original does read back exactly", () => {
  const durations = fc.double({ min: 0, max: 1e9, noNaN: true });
  fc.assert(
    fc.property(durations, durations, (baselineDurationS, recallDurationS) => {
      const text = `{PreDur=${baselineDurationS} PostDur=${recallDurationS.toExponential()}}`;
      expect(parseOriginalOverrides(text)).toEqual({ baselineDurationS, recallDurationS });
    }),
  );
});

test("an unknown name is answered with the nearest one", () => {
  const [error] = errorsOf(() => parseAssignments(["plastEEinx=1"]));
  expect(error).toMatchObject({
    name: "ParameterError",
    message: 'Unknown parameter "plastEEinx". Did you mean plastEEinc (plasticIncrementEE)?',
    parameter: "plastEEinx",
    given: "plastEEinx",
    nearest: "plastEEinc",
  });
  expect(errorsOf(() => parseAssignments(["SCALINGBETTA=1"]))[0]?.nearest).toBe("scalingBeta");
  expect(errorsOf(() => parseAssignments(["constructor=1"]))).toHaveLength(1);
});

test.each([
  ["plasticIncrementEE=abc", 'plasticIncrementEE = "abc": expected a number from 0 to 1e12.'],
  ["plastEEinc=-1", 'plastEEinc (plasticIncrementEE) = "-1": expected a number from 0 to 1e12.'],
  [
    "activitytau=0",
    'activitytau (sensorTimeConstantMs) = "0": expected a number above 0, up to 1e12 ms.',
  ],
  ["pseed=1.5", 'pseed (positionSeed) = "1.5": expected a whole number from 0 to 4294967295.'],
  [
    "deletionstep=",
    'deletionstep (deletionStepCells) = "": expected a whole number from 0 to 1e9 cells.',
  ],
  ["PreDur=0x10", 'PreDur (baselineDurationS) = "0x10": expected a number from 0 to 1e9 s.'],
  ["PreDur=1/0", 'PreDur (baselineDurationS) = "1/0": expected a number from 0 to 1e9 s.'],
  ["scaling=2", 'scaling = "2": expected true or false.'],
  ["scaling=toString", 'scaling = "toString": expected true or false.'],
  [
    "stdpsim=2",
    'stdpsim (protocol) = "2": expected deletion or training (or, as in the original, 0 for deletion, 1 for training).',
  ],
  ["sensorDecay=1", 'sensorDecay = "1": expected published or consistent.'],
  ["scaling", '"scaling": expected name=value.'],
  ["=3", '"=3": expected name=value.'],
])("%s is refused", (assignment, message) => {
  expect(errorsOf(() => parseAssignments([assignment])).map((error) => error.message)).toEqual([
    message,
  ]);
});

test("two names of one parameter are refused, whatever their values", () => {
  const [error] = errorsOf(() => parseAssignments(["PreDur=5", "baselineDurationS=5"]));
  expect(error?.message).toBe(
    "PreDur and baselineDurationS are two names of one parameter: expected only one of them.",
  );
  expect(errorsOf(() => parseOriginalOverrides("{PreDur=5 baselineDurationS=6}"))).toHaveLength(1);
});

test("all errors of one input come together", () => {
  const errors = errorsOf(() =>
    parseAssignments(["bogus", "scaling=maybe", "PreDurr=3", "PreDur=3"]),
  );
  expect(errors.map(({ parameter }) => parameter)).toEqual(["bogus", "scaling", "PreDurr"]);
});

test.each([
  ["{stdpsim=1", "{ is not closed by }"],
  ["{stdpsim=1 // training }", "{ is not closed by }"],
  ["stdpsim=1}", "} closes nothing"],
  ["{stdpsim=1 /* training }", "a comment is not closed by */"],
  ["{stdpsim==1}", "stdpsim has no value there"],
  ["{stdpsim 1}", "stdpsim has no value there"],
  ["{LearnDur=2*PreDur}", "PreDur has no value there"],
  ["{PreDur=2*}", "a value is missing before }"],
  ["PreDur=2*", "a value is missing at its end"],
  ["{PreDur=(2}", "( is not closed by )"],
  ['{load_file("mine.hoc")}', "load_file( ) cannot be called here"],
  ["{wmatex[0][0]=1}", '"[" is not allowed there'],
  [`PreDur=${"(".repeat(150)}`, "it is nested too deeply"],
])("%.60s is no command line of the original", (text, reason) => {
  expect(errorsOf(() => parseOriginalOverrides(text)).map(({ message }) => message)).toEqual([
    `"${text}": ${reason}. Expected assignments as in "{stdpsim=1 scaling=0}".`,
  ]);
});

test.each<[string, ParameterOverrides]>([
  ["{stdpsim=1} scaling=0", { protocol: "training", scaling: false }],
  ["{{stdpsim=1} {scaling=0}}", { protocol: "training", scaling: false }],
  [
    "{stdpsim=1, scaling=0; PreDur=5}",
    { protocol: "training", scaling: false, baselineDurationS: 5 },
  ],
  ["{PreDur=2*800 PostDur=1600e3/2}", { baselineDurationS: 1600, recallDurationS: 800_000 }],
  [
    "{PreDur=LearnDur=PostDur=7}",
    { baselineDurationS: 7, learningDurationS: 7, recallDurationS: 7 },
  ],
  [
    "{PreDur=60 LearnDur=10*PreDur PostDur=PreDur}",
    { baselineDurationS: 60, learningDurationS: 600, recallDurationS: 60 },
  ],
  ["{minutes=60 PreDur=2*minutes}", { baselineDurationS: 120 }],
  ["{PreDur=60 PreDur*=2 PreDur-=1}", { baselineDurationS: 119 }],
  ["{EGA_INTF6=-(10+5) activitygamma=10^-10}", { reversalGabaMv: -15, scalingGamma: 1e-10 }],
  ["{scaling=on sensorDecay=consistent}", { scaling: true, sensorDecay: "consistent" }],
  [
    "{scale=2 deletionSelection=scale-factor}",
    { sizeFactor: 2, deletionSelection: "scale-factor" },
  ],
  ['{protocol="training"}', { protocol: "training" }],
  [
    "{stdpsim=1 // training\n scaling=0} /* no\nscaling */",
    { protocol: "training", scaling: false },
  ],
  ["{PreDur=5 -3}", { baselineDurationS: 2 }],
])("%j is hoc", (text, overrides) => {
  expect(parseOriginalOverrides(text)).toEqual(overrides);
});

test("what changes nothing in hoc either is passed over with a note", () => {
  const text =
    '{strdef simfilename simfilename="stdp_scaling.hoc" print "hello", 2*3 5 tstop=1e3 PreDur=3}';
  expect(readOriginalCommand([text])).toEqual({
    overrides: { baselineDurationS: 3 },
    notes: [
      "strdef simfilename is ignored: it does not set a parameter.",
      'simfilename="stdp_scaling.hoc" is ignored: it does not set a parameter.',
      'print "hello", 2*3 is ignored: it does not set a parameter.',
      "5 is ignored: it does not set a parameter.",
      "tstop=1e3 is ignored: the original computes tstop itself.",
    ],
  });
});

test("of several texts the last one wins, and knows what the others set", () => {
  const { overrides } = readOriginalCommand(["{PreDur=5}", "{LearnDur=PreDur}", "PreDur=PreDur+1"]);
  expect(overrides).toEqual({ baselineDurationS: 6, learningDurationS: 5 });
});

test.each([
  ["verbose", undefined],
  ["bogusness", undefined],
  ["seed", "pseed"],
  ["TRAINRATE", "TrainRate"],
  ["learning", "LearnDur"],
  ["x", undefined],
])("the name nearest to %s", (given, nearest) => {
  const [error] = errorsOf(() => parseOriginalOverrides(`${given}=1`));
  expect(error?.nearest).toBe(nearest);
  if (nearest === undefined) {
    expect(error?.message).toBe(
      `Unknown parameter "${given}". isocortex list parameters shows all.`,
    );
  }
});

test("what cannot be read never gives anything but errors that say so", () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      for (const parse of [parseOriginalOverrides, (s: string) => parseAssignments([s])]) {
        try {
          const overrides = parse(text);
          expect(Object.keys(overrides)).toEqual([]);
        } catch (error) {
          expect(error).toBeInstanceOf(InvalidParametersError);
        }
      }
    }),
  );
});

test("numcols is refused with the parameters that decide it", () => {
  const [error] = errorsOf(() => parseOriginalOverrides("{colW=2 numcols=2}"));
  expect(error?.message).toBe(
    "numcols is not a parameter: the original computes it as colW × colH. Set colW (columnsX) and colH (columnsY).",
  );
});
