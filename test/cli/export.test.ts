import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { FolderStore } from "../../src/node/run-folder.ts";
import { RunReader } from "../../src/recording/run-reader.ts";
import { isocortex, temporaryFolder, twoSeconds } from "./command.ts";

const rowsOf = (csv: string) =>
  csv
    .trimEnd()
    .split("\n")
    .slice(1)
    .map((line) => line.split(",").map(Number));

it("writes what was recorded, to a file or to standard output", async () => {
  const cwd = temporaryFolder();
  await isocortex(["run", "baseline", ...twoSeconds, "--quiet", "--out", "run"], { cwd });
  const record = new RunReader(new FolderStore(join(cwd, "run")));

  const toFile = await isocortex(["export", "run", "--format", "csv", "--out", "made/spikes.csv"], {
    cwd,
  });
  expect(toFile).toEqual({ code: 0, stdout: "made/spikes.csv\n", stderr: "" });
  const spikes = rowsOf(readFileSync(join(cwd, "made/spikes.csv"), "utf8"));
  const { timesMs, cells } = record.spikes();
  expect(spikes).toEqual(Array.from(timesMs, (timeMs, k) => [timeMs, cells[k]]));

  const toPipe = await isocortex(["export", "run", "--table", "weights"], { cwd });
  expect(toPipe.stdout.split("\n")[0]).toBe("time_ms,presynaptic,postsynaptic,gain");
  const { presynaptic, postsynaptic } = record.synapses();
  const gains = rowsOf(toPipe.stdout);
  expect(gains.length).toBeGreaterThan(1000);
  expect(gains.every(([timeMs, , , gain]) => timeMs === 2000 && gain === 1)).toBe(true);
  const ends = new Set(Array.from(presynaptic, (cell, k) => `${cell}>${postsynaptic[k]}`));
  expect(gains.every(([, from, to]) => ends.has(`${from}>${to}`))).toBe(true);

  const toDash = await isocortex(["export", "run", "--table", "cells", "--out", "-"], { cwd });
  expect(rowsOf(toDash.stdout)).toHaveLength(4 * 470);
});
