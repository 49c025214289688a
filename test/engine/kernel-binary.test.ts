import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

it("the committed kernel is what its source compiles to, byte for byte", () => {
  const project = fileURLToPath(new URL("../../", import.meta.url));
  const args = ["scripts/build-kernel.mjs", "--check"];
  const { status, stderr } = spawnSync("node", args, { cwd: project, encoding: "utf8" });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
});
