import { execFileSync } from "node:child_process";
import {
  cpSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { resolveParameters } from "../../src/model/derived-defaults.ts";
import { RunLocationError } from "../../src/recording/errors.ts";
import { binaryFilesOf, runFiles } from "../../src/recording/run-files.ts";
import { recordRun } from "../../src/runs/recorded.ts";
import { writeOutputs } from "../../src/store/output-files.ts";
import { ledgerFile } from "../../src/store/output-ledger.ts";
import { everything } from "../simulation/tiny-run.ts";
import { everythingIn, inThisProcess, isocortex, temporaryFolder, twoSeconds } from "./command.ts";
import { sharedFolder } from "./eventful-run.ts";
import {
  figureFiles,
  inRunDirectory,
  keptFiles,
  noFiles,
  noManifests,
  paperFiles,
} from "./foreign-places.ts";

const cwd = sharedFolder();
const undisturbed = { onReport: () => {}, signal: new AbortController().signal };

beforeAll(async () => {
  const args = ["run", "baseline", ...twoSeconds, "--out", "run", "--quiet", "--plot"];
  expect(await isocortex(args, { cwd })).toMatchObject({ code: 0 });
});

function put(home: string, path: string, text = "mine"): void {
  mkdirSync(dirname(join(home, path)), { recursive: true });
  writeFileSync(join(home, path), text);
}

/** All that is in a folder: kinds, contents of files, where links lead. */
function stateOf(folder: string): string[] {
  return everythingIn(folder).map((path) => {
    const full = join(folder, path);
    const entry = lstatSync(full);
    if (entry.isSymbolicLink()) return `${path} -> ${readlinkSync(full)}`;
    return entry.isFile() ? `${path}: ${readFileSync(full, "latin1")}` : `${path} ${entry.mode}`;
  });
}

/** Fails unless a command ends with bad usage, says why in one line, and changes nothing. */
async function expectRefusal(home: string, args: readonly string[], message: RegExp) {
  const before = stateOf(home);
  const { code, stdout, stderr } = await inThisProcess(args, { cwd: home });
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toMatch(message);
  expect(stderr).toMatch(/^error: [^\n]*\n$/);
  expect(stateOf(home)).toEqual(before);
}

const record = (...options: string[]) => [
  ...["run", "baseline", ...twoSeconds, "--out", "run", "--quiet"],
  ...options,
];

describe("a directory for a run", () => {
  it.each(inRunDirectory)("is not used where somebody else's %s is", async (path) => {
    const home = temporaryFolder();
    put(home, `run/${path}`);
    const before = stateOf(home);
    const reason = `run contains files that do not belong to a run \\(${path}\\)`;
    for (const overwrite of [false, true]) {
      const parameters = resolveParameters(everything);
      const request = { directory: join(home, "run"), preset: null, label: "run", parameters };
      const attempt = recordRun({ ...request, overwrite }, undisturbed);
      await expect(attempt).rejects.toThrow(RunLocationError);
      await expect(attempt).rejects.toThrow(
        new RegExp(`${reason}|${path} has the name of a lease`),
      );
    }
    expect(stateOf(home)).toEqual(before);
    if (path === inRunDirectory[0]) await expectRefusal(home, record(), new RegExp(reason));
  });

  it("is not used where a run is that has lost its manifest, which resume makes good", async () => {
    const home = temporaryFolder();
    cpSync(join(cwd, "run"), join(home, "run"), { recursive: true });
    rmSync(join(home, "run/manifest.json"));
    await expectRefusal(home, record(), /run already contains a run\. Give --overwrite/);
    expect(await isocortex(["resume", "run", "--quiet"], { cwd: home })).toMatchObject({ code: 0 });
    for (const path of binaryFilesOf({}).map((file) => runFiles[file])) {
      const [found, expected] = [home, cwd].map((place) => readFileSync(join(place, "run", path)));
      expect(found!.equals(expected!), path).toBe(true);
    }
  });

  it.each(noManifests)("is no run because its manifest.json is %s", async (text) => {
    const home = temporaryFolder();
    put(home, "run/manifest.json", text);
    put(home, "run/spikes/mine.txt");
    await expectRefusal(
      home,
      record("--overwrite"),
      /run contains files that do not belong to a run/,
    );
    await expectRefusal(home, ["plot", "run", "raster"], /run contains no run/);
  });
});

describe("a run that is overwritten", () => {
  it("goes file by file, and what is somebody else's stays and is named", async () => {
    const home = temporaryFolder();
    cpSync(join(cwd, "run"), join(home, "run"), { recursive: true });
    for (const path of keptFiles) put(home, `run/${path}`);
    const stale = readdirSync(join(home, "run/checkpoints"));
    const args = record("--overwrite", "--set", "externalGain=12", "--set", "baselineDurationS=1");
    const { code, stderr } = await isocortex(args, { cwd: home });
    expect(code).toBe(0);
    expect(stderr).toContain(
      "note: run: not written by isocortex, or changed since, and therefore kept: weights/README.md, figures/raster.svg, figures/thesis.pdf\n",
    );
    for (const path of keptFiles)
      expect(readFileSync(join(home, "run", path), "utf8")).toBe("mine");
    const left = [".isocortex.sha256", "raster.svg", "thesis.pdf"];
    expect(readdirSync(join(home, "run/figures")).sort()).toEqual(left);
    const own = readdirSync(join(home, "run/checkpoints"));
    expect(own.filter((name) => stale.includes(name))).toEqual([]);
    expect(await isocortex(["resume", "run"], { cwd: home })).toMatchObject({ code: 0 });
  });

  it("is not begun where a file that would be replaced is somebody else's", async () => {
    const home = temporaryFolder();
    cpSync(join(cwd, "run"), join(home, "run"), { recursive: true });
    put(home, "run/cells/positions.bin");
    const message =
      /In run, cells\/positions\.bin would be replaced, but was not written by isocortex/;
    await expectRefusal(home, record("--overwrite"), message);
  });

  it("says which figure it cannot draw, as somebody else's is there", async () => {
    const home = temporaryFolder();
    cpSync(join(cwd, "run"), join(home, "run"), { recursive: true });
    put(home, "run/figures/scale.csv");
    const { code, stdout, stderr } = await isocortex(record("--overwrite", "--plot"), {
      cwd: home,
    });
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /note: no scale figure\. run\/figures\/scale\.csv was not written by isocortex/,
    );
    expect(stdout).toMatch(/run\/figures\/raster\.svg/);
    expect(readFileSync(join(home, "run/figures/scale.csv"), "utf8")).toBe("mine");
  });
});

describe("figures and exports", () => {
  it.each(figureFiles)("leave somebody else's %s", async (name) => {
    const home = temporaryFolder();
    symlinkSync(join(cwd, "run"), join(home, "run"));
    const plot = ["plot", "run", "activity", "--out", "results.svg"];
    const refusal = new RegExp(`${name} was not written by isocortex, or was changed since`);
    put(home, name);
    await expectRefusal(home, plot, refusal);
    expect(await isocortex([...plot, "--overwrite"], { cwd: home })).toMatchObject({ code: 0 });
    expect(readFileSync(join(home, name), "utf8")).not.toBe("mine");
    const own = readFileSync(join(home, name));
    // What is done in one process is shown by one process.
    const draw = () => writeOutputs(new Map([[join(home, name), ["new"]]]));
    writeFileSync(join(home, name), "mine again");
    await expect(draw()).rejects.toThrow(refusal);
    writeFileSync(join(home, name), own);
    await draw();
    expect(readFileSync(join(home, name), "utf8")).toBe("new");
    // Version 0.2.0 kept no list of what it wrote.
    rmSync(join(home, ledgerFile));
    await expect(draw()).rejects.toThrow(refusal);
    await expect(draw()).rejects.toThrow(/plot and export replace it with --overwrite/);
    expect(readFileSync(join(home, name), "utf8")).toBe("new");
  });

  it("never replace what is no regular file", async () => {
    const home = temporaryFolder();
    symlinkSync(join(cwd, "run"), join(home, "run"));
    put(home, "target.csv");
    mkdirSync(join(home, "folder.csv"));
    symlinkSync("target.csv", join(home, "link.csv"));
    symlinkSync("loop.csv", join(home, "loop.csv"));
    execFileSync("mkfifo", [join(home, "pipe.csv")]);
    for (const [name, kind] of noFiles) {
      if (name.includes("sonata")) continue;
      const args = ["export", "run", "--out", name, "--overwrite"];
      const rest = kind === "a directory" ? ": expected the name" : ", which is never replaced";
      await expectRefusal(home, args, new RegExp(`${name} is ${kind}${rest}`));
    }
    put(home, "sonata/nodes.h5");
    symlinkSync("../target.csv", join(home, "sonata/edges.h5"));
    const sonata = ["export", "run", "--format", "sonata", "--out", "sonata", "--overwrite"];
    await expectRefusal(home, sonata, /sonata\/edges\.h5 is a link, which is never replaced/);
  });
});

it.each(paperFiles)("no run of a figure is begun where somebody else's %s is", async (name) => {
  const home = temporaryFolder();
  put(home, `runs/figures/${name}`);
  const message = new RegExp(
    `runs/figures/${name} was not written by isocortex, or was changed since`,
  );
  await expectRefusal(home, ["figure", "5", "--quick"], message);
});

it("a study is not collected over somebody else's table", async () => {
  const home = temporaryFolder();
  const set = "sizeFactor: 0.2, baselineDurationS: 1, learningDurationS: 0, recallDurationS: 0";
  put(home, "tiny.yaml", `preset: baseline\nset: { ${set} }\nvary: { externalGain: [1, 2] }\n`);
  const sweep = ["sweep", "tiny.yaml", "--out", "study", "--quiet"];
  expect(await isocortex(sweep, { cwd: home })).toMatchObject({ code: 0 });
  put(home, "study/results/runs.csv");
  const message = /study\/results\/runs\.csv was not written by isocortex, or was changed since/;
  await expectRefusal(home, ["sweep", "collect", "study"], message);
  rmSync(join(home, "study/results/runs.csv"));
  expect(await isocortex(["sweep", "collect", "study"], { cwd: home })).toMatchObject({ code: 0 });
});
