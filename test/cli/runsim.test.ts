import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { timeStamp } from "../../src/cli/runsim.ts";
import { FolderStore } from "../../src/node/run/run-folder.ts";
import { RunReader } from "../../src/recording/run-reader.ts";
import { isocortex, temporaryFolder } from "./command.ts";

const short =
  "PreDur=2 LearnDur=0 PostDur=0 segmentlength=1e3 recording_start=500 recording_interval=500";

it("takes the original's overrides and draws its default plots", async () => {
  const cwd = temporaryFolder();
  const { code, stdout, stderr } = await isocortex(["runsim", "data/mine", `{${short}}`], { cwd });
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  const { manifest } = new RunReader(new FolderStore(join(cwd, "data/mine")));
  expect(manifest).toMatchObject({ preset: null, label: "mine", status: "complete" });
  expect(manifest.parameters["protocol"]!.value).toBe("deletion");
  expect(manifest.parameters["deletionIntervalMs"]!.value).toBe(1000);
  for (const name of ["activity-excitatory.svg", "scale-excitatory.svg", "raster.svg"]) {
    expect(stdout).toContain(`data/mine/figures/${name}\n`);
  }
});

it("names the folder after the time, and draws nothing on request", async () => {
  const cwd = temporaryFolder();
  const args = ["runsim", `{${short}}`, "{stdpsim=1}", "--no-plots"];
  const { code } = await isocortex(args, { cwd });
  expect(code).toBe(0);
  const [folder, ...others] = readdirSync(join(cwd, "data"));
  expect(others).toEqual([]);
  expect(folder).toMatch(/^\d{4}-\d\d-\d\d_\d\d-\d\d-\d\d$/);
  expect(existsSync(join(cwd, "data", folder!, "figures"))).toBe(false);
  const { manifest } = new RunReader(new FolderStore(join(cwd, "data", folder!)));
  expect(manifest.parameters["protocol"]!.value).toBe("training");
});

it("writes times as the original does", () => {
  expect(timeStamp(new Date(2013, 3, 1, 9, 5, 7))).toBe("2013-04-01_09-05-07");
});
