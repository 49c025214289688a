import { describe, expect, it } from "vitest";
import { DocumentError } from "../../src/document/error.ts";
import { InvalidTimelineError, layEntries, timelineOf } from "../../src/experiment/definition.ts";
import { readExperiment } from "../../src/experiment/file.ts";
import { presetExperiment } from "../../src/experiment/presets.ts";
import { resolveParameters } from "../../src/model/derived-defaults.ts";
import { seedOverrides } from "../../src/model/seeds.ts";
import { entryFromLine } from "../../src/timeline/entry-line.ts";

const rescue = `
description: Loss of cells.
preset: deletion-quick
parameters:
  plastEEinc: 4 * 2
  TrainRand: no
duration: 200 s
seed: 3
timeline:
  - at: 1 min
    scaling: on
  - id: loss
    from: 30 s
    until: 1.5e5 ms
    every: 10 s
    delete: { cells: E, count: 3 }
  - { id: trials, remove: true }
record:
  samples: { from: 5 s, every: 10 s }
  gains: [30 s, 200 s]
`;

/** The lines of the error that a file gives. */
function problemsOf(text: string): string[] {
  try {
    readExperiment(text, "a.yaml");
  } catch (error) {
    expect(error).toBeInstanceOf(DocumentError);
    return (error as DocumentError).message.split("\n");
  }
  return [];
}

describe("an experiment's file", () => {
  it("says what column, what happens to it and what is recorded", () => {
    const experiment = readExperiment(rescue);
    expect(experiment).toMatchObject({
      description: "Loss of cells.",
      preset: "deletion-quick",
      gainTimesMs: [30_000, 200_000],
    });
    const { overrides } = { overrides: presetExperiment("deletion-quick").parameters };
    expect(experiment.parameters).toEqual({
      ...overrides,
      ...seedOverrides(3),
      plasticIncrementEE: 8,
      trainingShuffled: false,
      baselineDurationS: 200,
      samplingStartMs: 5000,
      samplingIntervalMs: 10_000,
      plasticityStartMs: 200_000,
      plasticityEndMs: 200_000,
      trainingStartMs: 200_000,
      trainingEndMs: 200_000,
    });
    const { timeline } = timelineOf(experiment);
    expect(timeline.map(({ id, origin }) => `${id} ${origin}`)).toEqual([
      "scaling experiment",
      "loss experiment",
    ]);
    expect(timeline[1]).toMatchObject({
      when: { form: "every", fromMs: 30_000, untilMs: 150_000, everyMs: 10_000 },
      action: { count: 3, choose: "random", seed: seedOverrides(3).deletionSeed },
    });
  });

  it("may be JSON, and starts from the column with external input only", () => {
    const { parameters } = readExperiment('{"duration": "2 s"}');
    expect(parameters).toEqual(
      presetExperiment("baseline", { changes: { baselineDurationS: 2 } }).parameters,
    );
  });

  it("is changed by what is asked for besides", () => {
    const { parameters } = readExperiment(rescue, "a.yaml", {
      seed: 4,
      changes: { baselineDurationS: 250, plasticIncrementEE: 1 },
    });
    expect(parameters).toMatchObject({
      ...seedOverrides(4),
      baselineDurationS: 250,
      plasticIncrementEE: 1,
    });
  });

  it.each([
    ["9700 s", [800, 8000, 900]],
    ["9600 s", [800, 8000, 800]],
    ["9000 s", [800, 8000, 200]],
    ["5000 s", [800, 4200, 0]],
    ["500 s", [500, 0, 0]],
  ])(
    "cuts the phases of its preset off at %s, or makes the last one longer",
    (duration, phases) => {
      const { parameters } = readExperiment(`preset: training\nduration: ${duration}`);
      const { baselineDurationS, learningDurationS, recallDurationS } = parameters;
      expect([baselineDurationS, learningDurationS, recallDurationS]).toEqual(phases);
    },
  );
});

describe("what is wrong in an experiment's file is told with its line and key", () => {
  it.each<[string, string, readonly (string | RegExp)[]]>([
    ["no keys", "3", ["a.yaml:1: expected keys and values."]],
    ["no YAML", "timeline: [", [/^a\.yaml:1: this is not valid YAML/]],
    [
      "a line of --add that is no YAML",
      "timeline:\n  - at 1 s: delete { cells: E }",
      [
        /^a\.yaml:2: this is not valid YAML: it has two colons in a line\. .*name: \{ key: value \}/,
      ],
    ],
    [
      "a line of --add",
      "timeline:\n  - at 1 s: scaling on",
      [
        /^a\.yaml:2: timeline\[1\]\.at 1 s: .*such as \{ at: 1 s, scaling: on \}/,
        /^a\.yaml:2: timeline\[1\]: expected when/,
      ],
    ],
    [
      "an action unlike any other",
      "timeline:\n  - { at: 1 s, annihilate: E }",
      [/timeline\[1\]\.annihilate: unknown key\. Expected one of at, .*delete/],
    ],
    [
      "an unknown key",
      "durration: 3 s",
      ["a.yaml:1: durration: unknown key. Did you mean duration?"],
    ],
    [
      "a key that is like none",
      "xyz: 3",
      [
        "a.yaml:1: xyz: unknown key. Expected one of description, preset, parameters, duration, seed, timeline, record.",
      ],
    ],
    [
      "an unknown key inside",
      "record:\n  samples:\n    evry: 1 s",
      ["a.yaml:3: record.samples.evry: unknown key. Did you mean every?"],
    ],
    ["a key twice", "seed: 1\nseed: 2", [/^a\.yaml:2: .*twice/]],
    [
      "an unknown preset",
      "preset: baselin",
      [/^a\.yaml:1: preset: .*"baselin".*Did you mean baseline\?/],
    ],
    [
      "a number without unit",
      "duration: 1600",
      ["a.yaml:1: duration: a time needs its unit: expected 1600 s or 1600 ms, not 1600."],
    ],
    [
      "no duration",
      "duration: 0 s",
      [/^a\.yaml:1: duration: expected a time .*above 0.*"0 s" was given/],
    ],
    ["a seed that is none", "seed: -1", [/^a\.yaml:1: seed: .*0 to 4294967295; -1 was given/]],
    [
      "an unknown parameter",
      "parameters:\n  plastEEinx: 1",
      [/^a\.yaml:2: parameters\.plastEEinx: .*Did you mean plastEEinc/],
    ],
    [
      "a parameter out of range",
      "parameters: { sizeFactor: -1 }",
      [/^a\.yaml:1: parameters\.sizeFactor: .*"-1": expected a number from/],
    ],
    [
      "one parameter by two names",
      "parameters:\n  plastEEinc: 1\n  plasticIncrementEE: 1",
      [/^a\.yaml:3: parameters\.plasticIncrementEE: .*twice: also by plastEEinc/],
    ],
    [
      "parameters that contradict each other",
      "parameters:\n  seed: 1\n  scaleFactorMaximum: 0.5",
      [/Unknown parameter "seed"/],
    ],
    [
      "a value that others forbid",
      "seed: 1\nparameters:\n  scaleFactorMaximum: 0.5",
      [/^a\.yaml:3: parameters\.scaleFactorMaximum: .*1 or more/],
    ],
    [
      "gains after the end",
      "duration: 9 s\nrecord: { gains: 10 s }",
      [/^a\.yaml:2: record\.gains: .*from 0 to 9 s/],
    ],
    [
      "a timeline that is no list",
      "timeline: 3",
      ["a.yaml:1: timeline: expected a list of entries."],
    ],
    [
      "an entry that is none",
      "timeline:\n  - 3",
      [/^a\.yaml:2: timeline\[1\]: expected keys and values/],
    ],
    [
      "two actions",
      "timeline:\n  - at: 1 s\n    scaling: on\n    external: 0.5",
      [/^a\.yaml:4: timeline\[1\]\.external: .*one action.*scaling and external/],
    ],
    [
      "no action",
      "timeline:\n  - at: 1 s",
      [/^a\.yaml:2: timeline\[1\]: expected an action: one of /],
    ],
    ["no time", "timeline:\n  - scaling: on", [/^a\.yaml:2: timeline\[1\]: expected when/]],
    [
      "two times",
      "timeline:\n  - at: 1 s\n    from: 2 s\n    scaling: on",
      [/^a\.yaml:3: timeline\[1\]\.from: from cannot be combined with at/],
    ],
    [
      "an unknown action",
      "timeline:\n  - at: 1 s\n    scalling: on",
      ["a.yaml:3: timeline[1].scalling: unknown key. Did you mean scaling?"],
    ],
    [
      "overlapping ids",
      "timeline:\n  - { id: a, at: 1 s, scaling: on }\n  - { id: a, at: 2 s, scaling: off }",
      ["a.yaml:3: timeline[2].id: two entries have the id a: ids must be unique."],
    ],
    [
      "a time outside the run",
      "duration: 9 s\ntimeline:\n  - at: [1 s, 10 s]\n    scaling: on",
      [/^a\.yaml:3: timeline\[1\]\.at: 10 s is outside the run, which lasts from 0 s to 9 s/],
    ],
    [
      "an end before the beginning",
      "timeline: [{ from: 2 s, until: 1 s, scaling: on }]",
      [/^a\.yaml:1: timeline\[1\]\.until: expected a time after from/],
    ],
    [
      "an empty selection",
      "timeline:\n  - at: 1 s\n    silence: { cells: { of: E, within: 1 um, around: [5000, 0, 0] } }",
      ["a.yaml:3: timeline[1].silence.cells: this selects no cells."],
    ],
    [
      "cells that there are not",
      "timeline:\n  - at: 1 s\n    silence:\n      cells: 465-470",
      [/^a\.yaml:4: timeline\[1\]\.silence\.cells: there is no cell 470: .*0 to 469/],
    ],
    [
      "a population that there is not",
      "timeline: [{ at: 1 s, silence: { cells: E9 } }]",
      [/^a\.yaml:1: timeline\[1\]\.silence\.cells: there are no cells "E9": did you mean E/],
    ],
    [
      "a parameter that may not change",
      "timeline:\n  - at: 1 s\n    set:\n      sizeFactor: 2",
      [/^a\.yaml:4: timeline\[1\]\.set\.sizeFactor: .*cannot change.*how the network is built/],
    ],
    [
      "a probability above 1",
      "timeline:\n  - at: 1 s\n    delete:\n      fraction: 1.5\n      cells: E",
      [/^a\.yaml:4: timeline\[1\]\.delete\.fraction: .*from 0 to 1.*1\.5 was given/],
    ],
    [
      "a reduction above 1",
      "timeline: [{ at: 1 s, delete: { cells: E, count: 1, externalReduction: 2 } }]",
      [/delete\.externalReduction: .*from 0 to 1/],
    ],
    [
      "more cells to delete than there are",
      "timeline:\n  - at: 1 s\n    delete: { cells: E4, count: 31 }",
      ["a.yaml:3: timeline[1].delete.count: 31 cells are more than there are: 30."],
    ],
    [
      "an unknown way to choose",
      "timeline: [{ at: 1 s, delete: { cells: E, count: 1, choose: randm } }]",
      [/delete\.choose: expected one of random, scale-factor, .*"randm" was given/],
    ],
    [
      "an unknown key of an action",
      "timeline: [{ at: 1 s, delete: { cells: E, count: 1, chose: random } }]",
      [/delete\.chose: delete has no key chose/],
    ],
    [
      "nothing",
      "# later\n",
      ['a.yaml:1: this says nothing. Expected something, such as "preset: baseline-quick".'],
    ],
    ["no more than a description", "description: mine", [/^a\.yaml:1: this says nothing/]],
    [
      "an entry to remove that there is not",
      "preset: deletion\ntimeline:\n  - { id: los, remove: true }",
      ["a.yaml:3: timeline[1].id: there is no entry los to remove. Did you mean loss?"],
    ],
  ])("%s", (_, text, expected) => {
    const problems = problemsOf(text);
    expect(problems).toHaveLength(expected.length);
    for (const [k, one] of expected.entries()) {
      if (typeof one === "string") expect(problems[k]).toBe(one);
      else expect(problems[k]).toMatch(one);
    }
  });

  it("all at once, in order of the lines", () => {
    const problems = problemsOf(
      "sed: 3\nparameters:\n  sizeFacto: 2\ntimeline:\n  - { at: 3, scaling: on }\n  - { at: 1 s, delete: { count: 1.5 } }\nrecord: { gain: 3 s }",
    );
    expect(problems.map((line) => line.split(":").slice(1, 3).join(":"))).toEqual([
      "1: sed",
      "3: parameters.sizeFacto",
      "5: timeline[1].at",
      "6: timeline[2].delete.cells",
      "6: timeline[2].delete.count",
      "7: record.gain",
    ]);
  });
});

describe("an entry in one line", () => {
  it.each([
    ["at 100 s: scaling on", { at: "100 s", scaling: "on" }],
    ["{ at: 100 s, scaling: on }", { at: "100 s", scaling: "on" }],
    [
      "id on at [1 s, 2 s] for 1 s: external 0.5",
      { id: "on", at: ["1 s", "2 s"], for: "1 s", external: 0.5 },
    ],
    [
      "from 300 s until 1500 s every 10 s: delete { cells: E, count: 3 }",
      { from: "300 s", until: "1500 s", every: "10 s", delete: { cells: "E", count: 3 } },
    ],
    [
      "when { measure: rate, over: 1 s, above: 5 Hz } once for 2 s: silence { cells: [E2, '0-9'] }",
      {
        when: { measure: "rate", over: "1 s", above: "5 Hz" },
        once: true,
        for: "2 s",
        silence: { cells: ["E2", "0-9"] },
      },
    ],
    ["from 0 s every 80 s: trials {}", { from: "0 s", every: "80 s", trials: {} }],
    ["remove loss", { id: "loss", remove: true }],
  ])("%s", (line, entry) => {
    expect(entryFromLine(line)).toEqual(entry);
  });

  it.each([
    "",
    "scaling on",
    "at 100 s: ",
    "in 100 s: scaling on",
    "{ at: 1 s",
    "at [1 s: scaling on",
    "{}}",
  ])("is refused: %j", (line) => {
    expect(() => entryFromLine(line)).toThrow(`"${line}": `);
  });
});

describe("entries laid over others", () => {
  const parameters = resolveParameters({ ...presetExperiment("deletion-quick").parameters });
  const own = [
    { id: "on", at: "10 s", scaling: "on" },
    { id: "loss", remove: true },
  ];

  it("replace those of their ids where they are, and take out what is removed", () => {
    const laid = layEntries(parameters, own, [
      { at: "20 s", external: 0.5 },
      { id: "on", at: "30 s", scaling: "on" },
      { id: "loss", at: "5 s", delete: { cells: "E", count: 1 } },
    ]);
    expect(laid).toEqual([
      { id: "on", at: "30 s", scaling: "on" },
      { id: "loss", at: "5 s", delete: { cells: "E", count: 1 } },
      { at: "20 s", external: 0.5 },
    ]);
    expect(
      layEntries(parameters, laid, [
        { id: "on", remove: true },
        { id: "trials", remove: true },
      ]),
    ).toEqual([
      { id: "loss", at: "5 s", delete: { cells: "E", count: 1 } },
      { at: "20 s", external: 0.5 },
      { id: "trials", remove: true },
    ]);
  });

  it("are refused when they name an earlier time, or nothing that there is", () => {
    const late = () => layEntries(parameters, own, [{ at: "20 s", external: 0.5 }], 30_000);
    expect(late).toThrow(/^entry 3\.at: 20 s is outside the run, which lasts from 30 s/);
    expect(() => layEntries(parameters, own, [{ id: "off", remove: true }])).toThrow(
      InvalidTimelineError,
    );
  });
});
