import { describe, expect, it } from "vitest";
import { timelineOf } from "../../../src/experiment/definition.ts";
import { readExperiment } from "../../../src/experiment/file.ts";
import type { Entry } from "../../../src/timeline/entry.ts";

/** The entry of electrostimulation that a file gives an experiment of the 2014 model. */
function stimulation(keys: string): Entry {
  const experiment = readExperiment(
    `preset: alzheimer-quick\nduration: 60 s\ntimeline: [{ id: own, from: 12 s, every: 4 s, electrostimulate: { ${keys} } }]`,
  );
  return timelineOf(experiment).timeline.find(({ id }) => id === "own")!;
}

describe("electrostimulate", () => {
  const train = "populations: 5, stimulated: 5, length: 32 s, rate: 3 Hz, weight: 2 mV";

  it("has as many points by default as the original's parameters give", () => {
    expect(stimulation(train).action).toMatchObject({ points: 48_001, seed: 1 });
    expect(stimulation(`${train}, points: 99`).action).toMatchObject({ points: 99 });
    expect(stimulation("populations: 5, pulse: 3 s").action).not.toHaveProperty("points");
  });

  it.each([
    ["populations: 5", /length, stimulated, rate, weight missing/],
    ["populations: 5, length: 32 s, weight: 2 mV", /stimulated, rate missing: expected length/],
    [`${train}, signal: [1, 2]`, /signalRate, signalWeight, otherSignalWeight missing/],
    [train.replace("populations: 5", "populations: 2"), /stimulated: expected at most 2/],
    [`${train}, points: 95`, /points: expected at least 96, the stimuli of a train/],
  ])("refuses { %s }", (keys, message) => {
    expect(() => stimulation(keys)).toThrow(message);
  });
});
