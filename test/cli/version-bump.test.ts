import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, it } from "vitest";
import { packageRoot } from "../../src/host/package.ts";
import { isocortex, runProgram } from "./command.ts";
import { eventful, sharedFolder } from "./eventful-run.ts";

const cwd = sharedFolder();
const later = "99.0.0";
const laterCommand = join(cwd, "later/dist/cli/main.js");

/** Every file in a folder with its contents and the time of its last change. */
function stateOf(folder: string): [string, string, number][] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => statSync(join(folder, path)).isFile())
    .sort()
    .map((path) => {
      const full = join(folder, path);
      return [path, readFileSync(full, "latin1"), statSync(full).mtimeMs];
    });
}

beforeAll(async () => {
  // The program as it is, but for its version: a later one that has been installed meanwhile.
  mkdirSync(join(cwd, "later"));
  cpSync(join(packageRoot, "dist"), join(cwd, "later/dist"), { recursive: true });
  symlinkSync(join(packageRoot, "node_modules"), join(cwd, "later/node_modules"));
  const description = JSON.parse(readFileSync(join(packageRoot, "package.json"), "utf8"));
  const bumped = JSON.stringify({ ...description, version: later });
  writeFileSync(join(cwd, "later/package.json"), bumped);

  const args = ["run", "deletion-with-scaling", ...eventful, "--out", "run", "--quiet"];
  const samples = join(cwd, "run/cells/samples.bin");
  const { code } = await isocortex(args, {
    cwd,
    onStart: async (child) => {
      const hasBegun = () => existsSync(samples) && statSync(samples).size > 20_000;
      while (!hasBegun() && child.exitCode === null) {
        await new Promise((turn) => setTimeout(turn, 10));
      }
      child.kill("SIGINT");
    },
  });
  expect(code).toBe(130);
});

it.each([
  ["resume", ["resume", "run"]],
  ["branch", ["branch", "run@1", "--set", "scaling=off", "--out", "branch"]],
])(
  "%s after a change of version is refused with the reason, and changes nothing",
  async (_, args) => {
    const before = stateOf(join(cwd, "run"));
    const { code, stdout, stderr } = await runProgram(laterCommand, args, { cwd });
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    const { version } = JSON.parse(readFileSync(join(packageRoot, "package.json"), "utf8"));
    expect(stderr).toMatch(
      new RegExp(
        `recorded by isocortex ${version}\\. This is isocortex ${later},.*npx isocortex@${version}`,
      ),
    );
    expect(stateOf(join(cwd, "run"))).toEqual(before);
    expect(existsSync(join(cwd, "branch"))).toBe(false);
  },
);

it("what was recorded stays readable, and goes on with the version that it is of", async () => {
  const { code, stdout } = await runProgram(laterCommand, ["export", "run"], { cwd });
  expect(code).toBe(0);
  expect(stdout.split("\n").length).toBeGreaterThan(100);
  expect((await isocortex(["resume", "run", "--quiet"], { cwd })).code).toBe(0);
});
