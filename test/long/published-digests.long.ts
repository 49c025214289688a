import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { findPreset, presetExperiment } from "../../src/experiment/presets.ts";
import { program } from "../../src/host/package.ts";
import { readPublishedRun } from "../../src/runs/reference.ts";
import { referenceFolders } from "../../src/runs/reference-folder.ts";
import { Simulation } from "../../src/simulation/advance.ts";
import { verifyPublished } from "../../src/simulation/published-verification.ts";
import { DIGEST_MS, SpikeDigests } from "../../src/simulation/spike-digest.ts";

const folder = join(import.meta.dirname, "../reference/published");

it.each(referenceFolders(folder))("%s agrees with its digests to its end", (run) => {
  const { checks } = verifyPublished(readPublishedRun(run));
  expect(checks.filter(({ passed }) => !passed)).toEqual([]);
});

/** Presets whose digests are to be made anew, each with a time in s: "training:7000 scaling:3200". */
const wanted = (process.env["ISOCORTEX_DIGESTS"] ?? "").split(" ").filter(Boolean);

it.each(wanted)("digests of %s are kept in test/reference/published", (preset) => {
  const [name, seconds] = preset.split(":") as [string, string];
  const { parameters, entries } = presetExperiment(name);
  const simulation = new Simulation(parameters, { entries });
  const durationMs = Math.min(Number(seconds) * 1000, simulation.durationMs);
  expect(durationMs % DIGEST_MS).toBe(0);
  const digests = new SpikeDigests();
  simulation.advance(durationMs, (timesMs, cells, count) => digests.add(timesMs, cells, count));
  const per100s = digests.until(durationMs);
  const { original, overrides } = findPreset(name);
  const description = {
    ...(overrides.model === "2014" && { model: "ModelDB 154096" }),
    original,
    recordedBy: `isocortex ${program.version}`,
    durationMs,
    spikes: per100s.reduce((sum, { count }) => sum + count, 0),
  };
  mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, name, "run.json"), `${JSON.stringify(description, null, 2)}\n`);
  const rows = per100s.map((digest) => `    ${JSON.stringify(digest)}`).join(",\n");
  writeFileSync(join(folder, name, "digest.json"), `{\n  "per100s": [\n${rows}\n  ]\n}\n`);
});
