import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { everythingIn, inThisProcess, isocortex, shell, twoSeconds } from "./command.ts";
import { sharedFolder } from "./eventful-run.ts";

const cwd = sharedFolder();

beforeAll(async () => {
  const args = ["run", "baseline", ...twoSeconds, "--out", "run", "--quiet"];
  expect((await isocortex(args, { cwd })).code).toBe(0);
  writeFileSync(join(cwd, "file"), "mine");
  symlinkSync("loop", join(cwd, "loop"));
  symlinkSync("nowhere", join(cwd, "dangling"));
  mkdirSync(join(cwd, "folder"));
});

/** One line that says what was given, why it cannot be, and what to do; no code of the system. */
async function expectOneLine(args: readonly string[], code: number, message: RegExp) {
  const before = everythingIn(cwd);
  const outcome = await inThisProcess(args, { cwd });
  expect(outcome).toMatchObject({ code, stdout: "" });
  expect(outcome.stderr).toMatch(/^error: [^\n]+\.\n$/);
  expect(outcome.stderr).not.toMatch(/\bE[A-Z]{3,}\b|syscall|errno/);
  expect(outcome.stderr).toMatch(message);
  expect(everythingIn(cwd)).toEqual(before);
}

const inCircle = /its links form a circle\. Correct the links/;
const noneThere = /it cannot be created there\. Check the path/;
const underFile = /is a file or below one\. Give another directory/;
const isNoFolder = /a part of the path is not a directory\. Name another path/;

describe("a place where nothing can be written", () => {
  it.each([
    ["loop", 1, /^error: loop: .*circle/],
    ["loop/run", 1, inCircle],
    ["file", 2, underFile],
    ["file/deep/run", 2, underFile],
    ["dangling", 2, underFile],
    ["/proc/run", 1, noneThere],
    ["/proc/deep/run", 1, noneThere],
    ["x".repeat(300), 1, /the name is too long/],
  ])("is named where a run is to be recorded: %s", async (out, code, message) => {
    await expectOneLine(["run", "baseline", ...twoSeconds, "--out", out], code, message);
  });

  it.each([
    ["loop/a.svg", inCircle],
    ["file/a.svg", isNoFolder],
    ["file/deep/a.svg", isNoFolder],
    ["dangling/a.svg", isNoFolder],
    ["/proc/a.svg", noneThere],
    ["/proc/deep/a.svg", noneThere],
    [`${"x".repeat(300)}.svg`, /the name is too long/],
  ])("is named where a figure is to be written: %s", async (out, message) => {
    await expectOneLine(["plot", "run", "raster", "--out", out], 1, message);
  });

  it.each(["csv", "npz", "nwb", "sonata", "neuron"])("is named in exports: %s", async (format) => {
    const place = (out: string) => ["export", "run", "--format", format, "--out", out];
    await expectOneLine(place("file/a"), 1, isNoFolder);
    // A file, and a folder of files.
    if (!["npz", "sonata"].includes(format)) return;
    await expectOneLine(place("loop/a"), 1, inCircle);
    await expectOneLine(place("/proc/deep/a"), 1, noneThere);
  });

  it.each<string[]>([
    ["run", "baseline", "--out", ""],
    ["runsim", ""],
    ["branch", "run@1", "--out", ""],
    ["plot", "run", "raster", "--out", ""],
    ["plot", "", "raster"],
    ["export", "run", "--out", ""],
    ["figure", "5", "--quick", "--out", ""],
    ["sweep", "a.yaml", "--out", ""],
    ["sweep", "collect", ""],
    ["replicate", "training", "--seeds", "2", "--out", ""],
    ["resume", ""],
    ["statistics", ""],
    ["compare", "", "run"],
    ["compare", "run", ""],
    ["verify", "--against", ""],
  ])("may not be empty: %s %s %s %s", async (...args) => {
    await expectOneLine(args, 2, /> is empty: expected a path/);
  });
});

it.each(["export run", "--help", "--version"])(
  "says that standard output cannot take what is written there: %s",
  async (words) => {
    const { code, stderr } = await shell(`isocortex ${words} > /dev/full`, { cwd });
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr:
        "error: standard output: no space is left on the device. Free some space, or name a place on another device.\n",
    });
  },
);
