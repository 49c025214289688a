import { execFileSync, spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, it } from "vitest";
import { openRun } from "../../src/runs/opening.ts";
import { followPage } from "./page.ts";

it("the page Add a parameter adds one that runs heed, lists show and branches refuse", () => {
  const copy = followPage("add-a-parameter");
  const { manifest } = openRun(join(copy, "runs/antagonist"));
  expect(manifest.parameters["inhibitoryWeightFactor"]).toEqual({
    value: 0.5,
    unit: "1",
    original: [],
  });
  const isocortex = join(copy, "dist/cli/main.js");
  const list = execFileSync("node", [isocortex, "list", "parameters"], { encoding: "utf8" });
  expect(list).toMatch(/^inhibitoryWeightFactor .* in a new run +Multiplies the weights/m);
  const change = ["--set", "inhibitoryWeightFactor=0.4", "--out", "runs/branch"];
  const branch = spawnSync("node", [isocortex, "branch", "runs/antagonist@1", ...change], {
    cwd: copy,
    encoding: "utf8",
  });
  expect(branch.status).toBe(2);
  expect(branch.stderr).toContain("it decides how the network is built");
});
