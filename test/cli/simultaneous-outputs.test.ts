import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Dataset, Group } from "h5wasm";
import { h5wasm } from "h5wasm/node";
import { beforeAll, expect, it } from "vitest";
import { ledgerFile } from "../../src/store/output-ledger.ts";
import { everythingIn, isocortex, twoSeconds } from "./command.ts";
import { sharedFolder } from "./eventful-run.ts";

const cwd = sharedFolder();

beforeAll(async () => {
  await h5wasm.ready;
  const run = ["run", "baseline", ...twoSeconds, "--out", "run", "--quiet"];
  expect((await isocortex(run, { cwd })).code).toBe(0);
});

/** When and as which file an export is made, which no two have in common. */
const ownData: readonly string[] = ["file_create_date", "identifier"];

/** The data of an HDF5 file, without the times of change that it keeps of them. */
function hdf5Text(path: string): string {
  const file = new h5wasm.File(path, "r");
  const data = file.paths().map((name) => {
    const { value } = file.get(name) as Dataset & Group;
    return ownData.includes(name) ? name : `${name} ${value}`;
  });
  file.close();
  return data.join("\n");
}

/** All that is in a folder, as a text. */
const contentsOf = (folder: string): string =>
  readdirSync(join(cwd, folder))
    .filter((name) => name !== ledgerFile)
    .sort()
    .map((name) => {
      const bytes = readFileSync(join(cwd, folder, name));
      const isHdf5 = bytes.subarray(1, 4).toString() === "HDF";
      return `${name}: ${isHdf5 ? hdf5Text(join(cwd, folder, name)) : bytes.toString("latin1")}`;
    })
    .join("\n");

/** Carries out two commands alternately, four at once, into one folder. */
async function atOnce(command: (folder: string, k: number) => string[]) {
  for (const k of [0, 1]) {
    expect(await isocortex(command(`alone-${k}`, k), { cwd })).toMatchObject({ code: 0 });
  }
  const expected = [0, 1].map((k) => contentsOf(`alone-${k}`));
  expect(expected[0]).not.toBe(expected[1]);
  const runs = Array.from({ length: 4 }, (_, k) => isocortex(command("shared", k % 2), { cwd }));
  for (const outcome of await Promise.all(runs)) expect(outcome).toMatchObject({ code: 0 });
  expect(expected.includes(contentsOf("shared"))).toBe(true);
  for (const folder of ["alone-0", "alone-1", "shared"]) {
    rmSync(join(cwd, folder), { recursive: true });
  }
}

const halves = [
  ["--to", "1"],
  ["--from", "1"],
];

it.each(["csv", "npz", "nwb", "sonata", "neuron"])(
  "exports to %s by several processes at once leave one of them whole",
  async (format) => {
    const isFolder = ["sonata", "neuron"].includes(format);
    await atOnce((folder, k) => {
      const out = isFolder ? folder : join(folder, "all");
      return ["export", "run", "--format", format, "--out", out, "--overwrite", ...halves[k]!];
    });
  },
);

it("plots by several processes at once leave one of them whole", async () => {
  await atOnce((folder, k) => {
    return ["plot", "run", "raster", "--out", join(folder, "raster.svg"), ...halves[k]!];
  });
});

it("studies collected by five processes at once have the table and pictures of one", async () => {
  writeFileSync(
    join(cwd, "tiny.yaml"),
    "preset: baseline\nset: { sizeFactor: 0.2, baselineDurationS: 1, learningDurationS: 0, recallDurationS: 0, samplingStartMs: 100, samplingIntervalMs: 100 }\nvary: { externalGain: [1, 2] }\nmeasures: [spikes]\n",
  );
  const sweep = await isocortex(["sweep", "tiny.yaml", "--out", "study", "--quiet"], { cwd });
  expect(sweep).toMatchObject({ code: 0 });
  const expected = everythingIn(join(cwd, "study/results"));
  cpSync(join(cwd, "study/results"), join(cwd, "alone"), { recursive: true });
  const collect = () => isocortex(["sweep", "collect", "study"], { cwd });
  for (const outcome of await Promise.all(Array.from({ length: 5 }, collect))) {
    expect(outcome).toMatchObject({ code: 0, stderr: "" });
  }
  expect(everythingIn(join(cwd, "study/results"))).toEqual(expected);
  expect(contentsOf("study/results")).toBe(contentsOf("alone"));
});
