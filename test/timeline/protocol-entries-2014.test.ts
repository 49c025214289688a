import { describe, expect, it } from "vitest";
import { runNotes } from "../../src/experiment/run-notes.ts";
import { resolveParameters } from "../../src/model/derived-defaults.ts";
import { parseOriginalOverrides } from "../../src/model/overrides.ts";
import { protocolEntries } from "../../src/timeline/protocol-entries.ts";
import {
  informationEntry,
  kickStartOf,
  signalMeans,
} from "../../src/timeline/protocol-entries-2014.ts";

const of2014 = (original = "") =>
  resolveParameters({ model: "2014", ...parseOriginalOverrides(original) });

const idsOf = (original: string) => protocolEntries(of2014(original)).map(({ id }) => id);

describe("the timeline of the 2014 model", () => {
  it("has scaling, growth, electrodes and dynamic death by default", () => {
    expect(idsOf("")).toEqual([
      "keep-alive",
      "electrostimulation",
      "homeostasis",
      "growth",
      "growth-at-samples",
      "excitotoxicity",
      "kick-start",
      "loss",
    ]);
  });

  it.each([
    ["useprosthesis=0 scaling=0 deleting=0", ["keep-alive"]],
    ["useprosthesis=0 scaling=0 dynamicdelete=0", ["keep-alive", "loss", "loss-of-input"]],
    ["useprosthesis=0 growthfactorscaling=0 deleting=0", ["keep-alive", "homeostasis"]],
    [
      "useprosthesis=0 scaling=0 extinpdamage=1 scaleexternal=0",
      ["keep-alive", "excitotoxicity", "external-damage"],
    ],
    ["useprosthesis=0 scaling=0 stimseed=3", ["keep-alive", "excitotoxicity", "kick-start"]],
  ])("with %s is %j", (original, ids) => {
    expect(idsOf(original)).toEqual(ids);
  });

  it("leaves out what would begin after the end", () => {
    const short = "basetime=1e3 DeletionDur=2e3 PreDur=3 deletionstart=4e3 prosthesisstart=3e3";
    const ids = idsOf(short);
    expect(ids).toContain("electrostimulation");
    expect(ids).not.toContain("kick-start");
  });

  it("updates the growth factor at samples once scaling is on", () => {
    const entries = protocolEntries(of2014("recording_start=30e3 recording_interval=700e3"));
    const own = entries.find(({ id }) => id === "growth-at-samples");
    expect(own).toMatchObject({ from: "2130 s", every: "700 s" });
  });
});

/** Seeds of the paper's replicates. */
const published = [
  ...[1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 13, 14, 15, 16, 17, 18, 20, 21, 22, 23],
  ...Array.from({ length: 30 }, (_, k) => 31 + k),
];

describe("the kick-start", () => {
  const ofSeed = (seed: number) => kickStartOf(of2014(`stimseed=${seed}`));

  it("fails in 20 of the 50 published replicates, of which four lose no cell", () => {
    const failing = published.filter((seed) => ofSeed(seed).fails);
    expect(failing).toEqual([
      3, 5, 7, 8, 14, 20, 21, 22, 34, 38, 40, 41, 44, 45, 46, 54, 55, 56, 57, 58,
    ]);
    expect(failing.filter((seed) => ofSeed(seed).count === 0)).toEqual([14, 41, 56, 58]);
  });

  it("fails for 24 of the seeds 1 to 60", () => {
    const seeds = Array.from({ length: 60 }, (_, k) => k + 1);
    expect(seeds.filter((seed) => ofSeed(seed).fails)).toHaveLength(24);
  });

  it("never fails where it is mended", () => {
    const parameters = resolveParameters({
      model: "2014",
      stimulationSeed: 3,
      kickStartFailure: "mended",
    });
    expect(kickStartOf(parameters)).toEqual({ count: 16, fails: false });
  });

  it("that fails is announced", () => {
    const notes = (original: string) => runNotes([{ parameters: of2014(original), entries: [] }]);
    expect(notes("stimseed=3").join()).toMatch(/kick-start .* fails.* 3 after 15 cells/);
    expect(notes("stimseed=1").join()).not.toContain("kick-start");
  });
});

describe("the information signal", () => {
  const parameters = of2014("useinfosignal=1 infosignalstart=0 infotriallength=5e3");

  it("is averaged over the time of one input, as far as a list reaches", () => {
    const values = Array.from({ length: 50_000 }, (_, k) => Math.floor(k / 200));
    const means = signalMeans(parameters, values, 4000);
    expect(means).toEqual(Array.from({ length: 200 }, (_, k) => k));
  });

  it("is refused if it is too short", () => {
    expect(() => signalMeans(parameters, [1, 2, 3], 4000)).toThrow(
      /3 values at 4000 Hz give 0 means at 20 Hz: expected 200 for 10001 ms/,
    );
  });

  it("that is recorded replaces the synthetic one, of which a note says so", () => {
    const entries = [informationEntry(parameters, Array(200).fill(0.01))];
    expect(runNotes([{ parameters, entries: [] }]).join()).toContain("synthetic");
    expect(runNotes([{ parameters, entries }]).join()).not.toContain("synthetic");
  });
});
