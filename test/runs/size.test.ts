import { join } from "node:path";
import { expect, it } from "vitest";
import { resolveParameters } from "../../src/model/derived-defaults.ts";
import { expectedInterColumnSynapses } from "../../src/model/expected-synapses.ts";
import type { ParameterOverrides } from "../../src/model/parameters.ts";
import { buildNetwork } from "../../src/network/construction.ts";
import type { PotentialSchedule } from "../../src/recording/potentials.ts";
import { recordRun } from "../../src/runs/recorded.ts";
import { runBytes } from "../../src/runs/size.ts";
import { temporaryFolder } from "../cli/command.ts";

const short = { protocol: "training", learningDurationS: 0, recallDurationS: 0 } as const;

it.each<[string, ParameterOverrides, PotentialSchedule?]>([
  [
    "a short run",
    { ...short, baselineDurationS: 2, samplingStartMs: 500, samplingIntervalMs: 500 },
  ],
  ["many samples", { ...short, baselineDurationS: 2, samplingStartMs: 0, samplingIntervalMs: 4 }],
  ["many spikes", { ...short, baselineDurationS: 2, externalGain: 40 }],
  ["a larger network", { ...short, baselineDurationS: 1, sizeFactor: 3 }],
  ["several columns", { ...short, baselineDurationS: 0.1, columnsX: 2, columnsY: 2 }],
  [
    "many potentials",
    { ...short, baselineDurationS: 2 },
    { cells: [...Array(100).keys()], everyMs: 2, fromMs: 500, untilMs: 2000 },
  ],
])("%s takes about as much of the disk as estimated", async (_, overrides, potentials) => {
  const parameters = resolveParameters(overrides);
  const directory = join(temporaryFolder(), "run");
  const request = {
    directory,
    overwrite: false,
    preset: null,
    label: "run",
    parameters,
    potentials,
  };
  const observer = { onReport: () => {}, signal: new AbortController().signal };
  const { bytes, spikes, durationMs } = await recordRun(request, observer);
  const extent = { startMs: 0, endMs: durationMs, spikes, gains: 1, potentials };
  const estimate = runBytes(parameters, extent);
  // A run this short has one checkpoint of three.
  expect(bytes).toBeLessThan(estimate);
  expect(bytes).toBeGreaterThan(estimate / 2.5);
});

it("counts the synapses of a row of columns, of which those at its ends have one neighbour", () => {
  const parameters = resolveParameters({ ...short, columnsX: 5, torus: false });
  const { interColumn } = buildNetwork(parameters);
  const drawn = interColumn!.postsynaptic.length;
  expect(expectedInterColumnSynapses(parameters) / drawn).toBeCloseTo(1, 0.5);
});
