import { expect, test } from "vitest";
import { runNotes as notesOf } from "../../src/experiment/run-notes.ts";
import { resolveParameters } from "../../src/model/derived-defaults.ts";
import type { ParameterOverrides } from "../../src/model/parameters.ts";
import type { EntrySource } from "../../src/timeline/entry.ts";

const runNotes = (runs: readonly ParameterOverrides[], entries: readonly EntrySource[] = []) =>
  notesOf(runs.map((overrides) => ({ parameters: resolveParameters(overrides), entries })));

test("nothing is to be said of the published parameters, and of independent seeds", () => {
  expect(runNotes([{}])).toEqual([]);
  expect(runNotes([{ protocol: "training", inputSeed: 1235 }])).toEqual([]);
  expect(runNotes([{ protocol: "training", inputSeed: 20_034, magnesiumMm: 1.6 }])).toEqual([]);
});

test.each([
  [{ magnesiumMm: 2 }, "mg_INTF6"],
  [{ reversalAmpaMv: 60 }, "EAM_INTF6"],
  [{ reversalNmdaMv: 60 }, "ENM_INTF6"],
  [{ reversalGabaMv: -10 }, "EGA_INTF6"],
  [{ scaleInhibitoryCells: true }, "scaleinhib"],
] as const)("%j has no counterpart in the original", (overrides, name) => {
  expect(runNotes([{}, overrides])).toEqual([
    `${name} has no effect in the original, whose scripts override it; in isocortex ${Object.keys(overrides)[0]} has an effect, so this run has no counterpart in the original.`,
  ]);
});

test("neighbouring seeds of external input are not independent", () => {
  expect(runNotes([{ protocol: "training", inputSeed: 1244 }])).toEqual([
    "inputSeed 1234 (published) and 1244 give 1879 of 1880 external streams the same random numbers, one cell on, as in the original: such runs are not independent. Independent seeds differ by no multiple of 10, or by at least 18800.",
  ]);
  const runs = [5, 15, 35, 6].map((inputSeed) => ({ protocol: "training", inputSeed }) as const);
  expect(runNotes(runs)).toEqual([
    expect.stringMatching(
      /^inputSeed 5 and 15 give .* 1 more of these seeds have such a neighbour\./,
    ),
  ]);
});

test("in deletion runs it is the seed of trials that counts, stream by stream", () => {
  expect(runNotes([{ trialSeed: 1235 }])).toEqual([
    expect.stringMatching(
      /^trialSeed 1234 \(published\) and 1235 give .* differ by at least 1880\.$/,
    ),
  ]);
  expect(runNotes([{ inputSeed: 99 }])).toEqual([expect.stringContaining("trialSeed gives other")]);
  expect(runNotes([{ inputSeed: 99, trialSeed: 99_999 }])).toEqual([]);
});

test("it is the timeline that says which seed counts", () => {
  const trials = { id: "trials", from: "0 s", every: "1 s", trials: {} };
  const training = { protocol: "training" } as const;
  const [trialNote] = runNotes([{ trialSeed: 1235 }]);
  expect(runNotes([{ ...training, trialSeed: 1235 }], [trials])).toEqual([trialNote]);
  expect(runNotes([training], [{ ...trials, trials: { seed: 1235 } }])).toEqual([trialNote]);
  expect(runNotes([{ trialSeed: 1235 }], [{ id: "trials", remove: true }])).toEqual([]);
  const [inputNote] = runNotes([{ ...training, inputSeed: 1244 }]);
  const late = { ...trials, from: "5 s" };
  expect(runNotes([{ ...training, inputSeed: 1244 }], [late])).toEqual([inputNote]);
  expect(runNotes([{ inputSeed: 1244 }], [{ id: "trials", remove: true }])).toEqual([inputNote]);
  const idle = [expect.stringContaining("trialSeed gives other")];
  expect(runNotes([{ ...training, inputSeed: 99 }], [trials])).toEqual(idle);
});
