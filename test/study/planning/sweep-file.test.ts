import { describe, expect, it } from "vitest";
import { DocumentError } from "../../../src/document/error.ts";
import { readSweep } from "../../../src/study/planning/sweep-file.ts";
import { readTiny, tinyPresets } from "./tiny-sweep.ts";

/** The lines of the error that a file gives. */
function problemsOf(text: string): string[] {
  try {
    readTiny(text);
  } catch (error) {
    expect(error).toBeInstanceOf(DocumentError);
    return (error as DocumentError).message.split("\n");
  }
  return [];
}

describe("a sweep's file", () => {
  it("says what is varied, in our names or the original's, and how", () => {
    const sweep = readTiny(`
name: study-1
description: What the step does.
preset: tiny
set:
  TrainRate: 4 * 2
  scaling: off
vary:
  plastEEinc: [0.001, 1e-4]
  scalingBeta: { from: 4e-8, to: 4e-6, count: 3, spacing: logarithmic }
  TrainRand: [true, no]
seeds: 3
measures: [finalRateEHz, spectrumPeakHz]
gainTimesS: [0.5, 1]
resources: { time: 2 h, memory: 1.5 GB }
executor: local
`);
    expect(sweep).toEqual({
      name: "study-1",
      description: "What the step does.",
      preset: expect.objectContaining({ name: "tiny" }),
      fixed: { trainingRateHz: 8, scaling: false },
      varied: [
        { name: "plasticIncrementEE", values: [0.001, 0.0001] },
        { name: "scalingBeta", values: [4e-8, 4e-7, 4e-6] },
        { name: "trainingShuffled", values: [true, false] },
      ],
      combine: "grid",
      seeds: [1, 2, 3],
      measures: ["finalRateEHz", "spectrumPeakHz"],
      gainTimesMs: [500, 1000],
      resources: { timeMs: 7_200_000, memoryBytes: 1.5e9 },
      executor: "local",
    });
  });

  it("needs no more than an experiment, of which it runs the published network", () => {
    expect(readTiny("preset: tiny")).toMatchObject({
      name: "tiny",
      fixed: {},
      varied: [],
      seeds: [0],
      executor: "local",
    });
  });
});

it("an executor can have its earlier name in files, engine, but not both", () => {
  expect(readTiny("preset: tiny\nengine: slurm").executor).toBe("slurm");
  expect(() => readTiny("preset: tiny\nexecutor: local\nengine: slurm")).toThrow(
    "tiny.yaml:3: engine: expected executor alone: engine is its earlier name.",
  );
});

it.each(["", ".", "..", "-rf", "a\nb", "a/b"])("a file's name %j names no study", (name) => {
  expect(() => readSweep("preset: tiny", "x.yaml", name, tinyPresets)).toThrow(
    "x.yaml:1: the name of the file is not valid for a study.",
  );
  expect(readSweep("preset: tiny\nname: own", "x.yaml", name, tinyPresets).name).toBe("own");
});

describe("what is wrong in a sweep's file is told with its line and key", () => {
  it.each<[string, string, readonly (string | RegExp)[]]>([
    [
      "an unknown key",
      "preset: tiny\nseed: 3",
      ["tiny.yaml:2: seed: unknown key. Did you mean seeds?"],
    ],
    [
      "an unknown key inside",
      "preset: tiny\nresources:\n  cores: 2",
      ["tiny.yaml:3: resources.cores: unknown key. Expected one of time, memory."],
    ],
    [
      "no experiment",
      "seeds: 3",
      [/^tiny\.yaml:1: expected either preset: NAME, or experiment: FILE/],
    ],
    [
      "two experiments",
      "preset: tiny\nexperiment: a.yaml",
      [/^tiny\.yaml:2: experiment: expected either preset: .*or experiment/],
    ],
    [
      "an entry that there is not",
      "preset: tiny-deletion\nvary:\n  los.count: [1, 2]",
      [
        "tiny.yaml:3: vary.los.count[1]: the timeline has no entry los. Did you mean loss?",
        "tiny.yaml:3: vary.los.count[2]: the timeline has no entry los. Did you mean loss?",
      ],
    ],
    [
      "a key of an entry that there is not",
      "preset: tiny-deletion\nset:\n  loss.cout: 1",
      [/^tiny\.yaml:3: set\.loss\.cout: delete has no key cout/],
    ],
    [
      "a value that a key does not take",
      "preset: tiny-deletion\nvary:\n  loss.every: [50 ms, 50]",
      [/^tiny\.yaml:3: vary\.loss\.every\[2\]: a time needs its unit/],
    ],
    [
      "more cells than there are",
      "preset: tiny-deletion\nvary:\n  loss.count: [3, 500]",
      [/^tiny\.yaml:3: vary\.loss\.count\[2\]: 500 cells are more than there are: 43/],
    ],
    [
      "an unknown experiment",
      "preset: tyni",
      ['tiny.yaml:1: preset: there is no experiment "tyni". Did you mean tiny?'],
    ],
    [
      "a file as a preset",
      "preset: mine.yaml",
      [
        'tiny.yaml:1: preset: there is no experiment "mine.yaml". A file is given by experiment: mine.yaml.',
      ],
    ],
    [
      "an unknown parameter",
      "preset: tiny\nset:\n  scalingBeto: 1",
      ['tiny.yaml:3: set.scalingBeto: Unknown parameter "scalingBeto". Did you mean scalingBeta?'],
    ],
    [
      "a value that its parameter does not allow",
      "preset: tiny\nvary:\n  deletionStepCells:\n    - 3\n    - 2.5",
      [/^tiny\.yaml:5: vary\.deletionStepCells\[2\]: deletionStepCells = "2\.5": expected a whole/],
    ],
    [
      "a value of a range",
      "preset: tiny\nvary:\n  deletionStepCells: {from: 1, to: 2, count: 3}",
      [/^tiny\.yaml:3: vary\.deletionStepCells: deletionStepCells = "1\.5": expected a whole/],
    ],
    [
      "one value where several are wanted",
      "preset: tiny\nvary:\n  scalingBeta: 3",
      [/^tiny\.yaml:3: vary\.scalingBeta: expected a list of values, or a range/],
    ],
    [
      "a range without steps",
      "preset: tiny\nvary:\n  scalingBeta: {from: 1, to: 2}",
      [/^tiny\.yaml:3: vary\.scalingBeta: expected from, to and either step or count/],
    ],
    [
      "a value that is there twice",
      "preset: tiny\nvary:\n  scalingBeta: [1, 2, 1.0]",
      ["tiny.yaml:3: vary.scalingBeta[3]: 1 is given twice."],
    ],
    [
      "a parameter under two names",
      "preset: tiny\nset:\n  scaling: on\nvary:\n  activitybeta: [1]\n  scalingBeta: [2]",
      ["tiny.yaml:6: vary.scalingBeta: scalingBeta is set twice: also by vary.activitybeta."],
    ],
    [
      "lists of different lengths that are zipped",
      "preset: tiny\nvary:\n  scaling: [on, off]\n  scalingBeta: [1, 2, 3]\ncombine: zip",
      [/^tiny\.yaml:5: combine: zip needs .* but scaling has 2, scalingBeta has 3\.$/],
    ],
    [
      "the same zipped values twice",
      "preset: tiny\nvary:\n  scaling: [on, off, on]\n  scalingBeta: [1, 2, 1]\ncombine: zip",
      ["tiny.yaml:5: combine: zip has the same values twice: true, 1."],
    ],
    [
      "seeds that are none",
      "preset: tiny\nseeds: 0.5",
      [/^tiny\.yaml:2: seeds: expected a number n of seeds \(1 to n\), or a list/],
    ],
    [
      "an amount without a unit",
      "preset: tiny\nresources: {memory: 400}",
      ['tiny.yaml:2: resources.memory: expected a text such as "400 MB".'],
    ],
    [
      "an unknown measure",
      "preset: tiny\nmeasures:\n  - spikes\n  - rate",
      [/^tiny\.yaml:4: measures\[2\]: .*finalRateEHz/],
    ],
    ["a text that is no YAML", "preset: tiny\nset: {", [/^tiny\.yaml:2: this is not valid YAML: /]],
    ["a key that is there twice", "preset: tiny\npreset: tiny", [/^tiny\.yaml:2: .*twice/]],
    [
      "a value that is not finite",
      "preset: tiny\nvary:\n  scalingBeta:\n    - 1\n    - .nan\n  scalingGamma: [-.inf]",
      [
        "tiny.yaml:5: vary.scalingBeta[2]: expected a finite number.",
        "tiny.yaml:6: vary.scalingGamma[1]: expected a finite number.",
      ],
    ],
    [
      "a range that never ends",
      "preset: tiny\nvary:\n  scalingBeta:\n    from: 0\n    to: .inf\n    step: 1",
      ["tiny.yaml:5: vary.scalingBeta.to: expected a finite number."],
    ],
    [
      "a range whose steps are too small to tell apart",
      "preset: tiny\nvary:\n  scalingBeta: {from: 1, to: 1.0000000000001, count: 100000}",
      ["tiny.yaml:3: vary.scalingBeta: 1 is given twice."],
    ],
    [
      "times of gains before the run",
      "preset: tiny\ngainTimesS:\n  - -1\n  - .inf",
      [
        "tiny.yaml:3: gainTimesS[1]: expected at least 0.",
        "tiny.yaml:4: gainTimesS[2]: expected a finite number.",
      ],
    ],
    [
      "a seed that is there twice",
      "preset: tiny\nseeds:\n  - 1\n  - 2\n  - 1",
      ["tiny.yaml:5: seeds[3]: 1 is given twice."],
    ],
    [
      "seeds in a list that are none",
      "preset: tiny\nseeds: [1.5, -1]",
      [
        "tiny.yaml:2: seeds[1]: expected a whole number.",
        "tiny.yaml:2: seeds[2]: expected at least 0.",
      ],
    ],
    [
      "too many seeds",
      "preset: tiny\nseeds: 1e7",
      ["tiny.yaml:2: seeds: expected at most 1000000."],
    ],
    [
      "a name that every object has",
      "preset: tiny\nvary: {constructor: [1, 2]}\nset: {toString: 1}",
      [
        /^tiny\.yaml:2: vary\.constructor: Unknown parameter "constructor"\./,
        /^tiny\.yaml:3: set\.toString: Unknown parameter "toString"\./,
      ],
    ],
    [
      "the prototype",
      "preset: tiny\nvary: {__proto__: [1, 2]}",
      ['tiny.yaml:2: unknown key "__proto__".'],
    ],
    [
      "a time that no scheduler has",
      "preset: tiny\nresources: {time: 1e30 d}",
      [/^tiny\.yaml:2: resources\.time: expected a length of time up to 3650 d, such as "90 min"/],
    ],
    ...["..", ".", "...", ".hidden", "-rf", "a/b", '"a\\tb"', "x".repeat(101), '""'].map(
      (name): [string, string, RegExp[]] => [
        `the name ${name}`,
        `preset: tiny\nname: ${name}`,
        [/^tiny\.yaml:2: name: expected at most 100 letters, digits, dots and hyphens/],
      ],
    ),
    ["an empty file", "", [/^tiny\.yaml:1: expected keys and values\.$/]],
  ])("%s", (_, text, expected) => {
    const found = problemsOf(text);
    expect(found.length).toBeGreaterThanOrEqual(expected.length);
    expected.forEach((one, k) => {
      if (typeof one === "string") expect(found[k]).toBe(one);
      else expect(found[k]).toMatch(one);
    });
  });

  it("all of it at once, in order of the lines", () => {
    const found = problemsOf(
      "vary:\n  foo: [1]\n  scalingBeta: [x, y]\nset:\n  bar: 1\npreset: other\n",
    );
    expect(found.map((line) => line.slice(0, "tiny.yaml:1".length))).toEqual([
      "tiny.yaml:2",
      "tiny.yaml:3",
      "tiny.yaml:3",
      "tiny.yaml:5",
      "tiny.yaml:6",
    ]);
  });
});
