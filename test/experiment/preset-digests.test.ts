import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { type Experiment, timelineOf } from "../../src/experiment/definition.ts";
import { readExperiment } from "../../src/experiment/file.ts";
import { presetExperiment, presets } from "../../src/experiment/presets.ts";
import { experimentContents, experimentText } from "../../src/experiment/text.ts";
import type { ParameterOverrides } from "../../src/model/parameters.ts";
import { experimentDigest } from "./preset-digest.ts";

interface Digest extends ReturnType<typeof experimentDigest> {
  readonly preset: string;
  readonly overrides: ParameterOverrides;
}

const path = new URL("../reference/preset-digests.json", import.meta.url);
const digests: readonly Digest[] = JSON.parse(readFileSync(path, "utf8"));

it.each(digests)(
  "$preset, shortened, gives the bits that it gave",
  ({ preset, overrides, ...expected }) => {
    const experiment = presetExperiment(preset, { changes: overrides });
    expect(experimentDigest(experiment)).toEqual(expected);
    const shown = experimentText(experiment);
    expect(experimentDigest(readExperiment(shown))).toEqual(expected);
  },
);

it.each(presets)("$name as a file has its timeline, also on another network", ({ name }) => {
  const experiment = presetExperiment(name);
  const shipped = new URL(`../../dist/experiments/${name}.yaml`, import.meta.url);
  expect(readFileSync(shipped, "utf8")).toBe(experimentText(experiment));
  for (const text of [experimentText(experiment), JSON.stringify(experimentContents(experiment))]) {
    expect(resolved(readExperiment(text))).toEqual(resolved(experiment));
    const again = readExperiment(text, "again", { seed: 7 });
    const other = presetExperiment(name, { seed: 7 });
    expect(resolved(again)).toEqual(resolved(other));
    expect(experimentContents(again)).toEqual(experimentContents(other));
  }
});

/** All that happens, by what it is called: kinds have an order of their own. */
const resolved = (experiment: Experiment) =>
  Object.fromEntries(
    timelineOf(experiment).timeline.map(({ id, kind: { key }, when, action }) => [
      id,
      { key, when, action },
    ]),
  );
