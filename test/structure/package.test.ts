import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findChromium, launch } from "../browser/chromium.ts";
import { Visit } from "../browser/visit.ts";

const chromium = findChromium();
const project = new URL("../../", import.meta.url).pathname;
/** TypeScript of this project, and the oldest that the package supports. */
const compilers = ["node_modules", "test/consumer/node_modules"].map((modules) => {
  const path = join(project, modules, "typescript/bin/tsc");
  return [path, execFileSync(path, ["--version"], { encoding: "utf8" }).trim()] as const;
});

/** A project as cloned, without what is built or installed; its dependencies are this one's. */
let clone: string;
/** An empty project into which the packed tarball is installed, as a user would. */
let home: string;

const inHome = (command: string, ...args: string[]) =>
  execFileSync(command, args, { cwd: home, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });

beforeAll(() => {
  clone = mkdtempSync(join(tmpdir(), "isocortex-clone-"));
  home = mkdtempSync(join(tmpdir(), "isocortex-package-"));
  const isMade = /(^|\/)node_modules(\/|$)|^(\.git|dist|runs|docs)(\/|$)|\.tgz$/;
  cpSync(project, clone, {
    recursive: true,
    preserveTimestamps: true,
    filter: (path) => !isMade.test(relative(project, path)),
  });
  // Links to each package, not to all of them: what installs here must not reach this project's.
  mkdirSync(join(clone, "node_modules"));
  for (const name of readdirSync(join(project, "node_modules"))) {
    const path = join("node_modules", name);
    if (name.startsWith(".package")) writeFileSync(join(clone, path), "{}");
    else symlinkSync(join(project, path), join(clone, path));
  }
  // Packing builds, also where what started these tests runs no scripts, as CI does.
  const pack = ["pack", "--silent", "--ignore-scripts=false", "--pack-destination", home];
  execFileSync("npm", pack, { cwd: clone });
  const tarball = readdirSync(home).find((name) => name.endsWith(".tgz"))!;
  writeFileSync(join(home, "package.json"), '{ "name": "elsewhere", "type": "module" }');
  const quick = ["--silent", "--no-audit", "--no-fund", "--prefer-offline"];
  inHome("npm", "install", ...quick, `./${tarball}`);
});

afterAll(() => {
  for (const path of [clone, home]) rmSync(path, { recursive: true, force: true });
});

it("gives an empty project the command", () => {
  expect(inHome("npx", "--no-install", "isocortex", "--version").trim()).toMatch(/^\d+\.\d+\.\d+$/);
  expect(inHome("npx", "--no-install", "isocortex", "list")).toContain(
    "training-with-scaling-quick",
  );
});

it("takes less than 60 MB", () => {
  const modules = join(home, "node_modules");
  const files = readdirSync(modules, { recursive: true, withFileTypes: true });
  const sizes = files.flatMap((entry) =>
    entry.isFile() ? statSync(join(entry.parentPath, entry.name)).size : [],
  );
  const bytes = sizes.reduce((sum, size) => sum + size, 0);
  expect(bytes).toBeGreaterThan(20e6);
  expect(bytes).toBeLessThan(60e6);
});

it("gives an empty project figures and exports, with the libraries that these need", () => {
  const phases = ["baselineDurationS=2", "learningDurationS=0", "recallDurationS=0"];
  const set = phases.flatMap((phase) => ["--set", phase]);
  const command = (...words: string[]) => inHome("npx", "--no-install", "isocortex", ...words);
  command("run", "training-quick", "--out", "run", "--quiet", ...set);
  command("plot", "run", "raster", "--format", "pdf");
  command("plot", "run", "raster", "--format", "png");
  command("export", "run", "--format", "nwb");
  const startOf = (path: string) =>
    readFileSync(join(home, "run", path))
      .subarray(1, 4)
      .toString();
  expect(["figures/raster.pdf", "figures/raster.png", "export/run.nwb"].map(startOf)).toEqual([
    "PDF",
    "PNG",
    "HDF",
  ]);
});

it("gives an empty project the reference runs, which its command verifies", () => {
  const reference = "node_modules/isocortex/test/reference/training-with-scaling-20s";
  const report = inHome("npx", "--no-install", "isocortex", "verify", "--against", reference);
  expect(report).toContain("18637");
});

it.skipIf(!chromium)("gives an empty project the page, which opens and fires", async () => {
  const words = ["view", "--no-open", "--port", "0"];
  const server = spawn(join(home, "node_modules/.bin/isocortex"), words, { cwd: home });
  const ended = once(server, "exit");
  const [address] = /http:\S+/.exec(String(await once(server.stdout, "data")))!;
  const browser = await launch(chromium!);
  const visit = await Visit.to(await browser.newContext(), address);
  await visit.fired();
  await visit.page.getByText(/^470 cells/).waitFor();
  expect(visit.errors).toEqual([]);
  await browser.close();
  server.kill("SIGINT");
  expect(await ended).toEqual([0, null]);
});

describe.each(compilers)("gives an empty project a library with types", (compiler, version) => {
  // All declarations are checked, as no option spares those of packages.
  const checks = ["--strict", "--skipLibCheck", "false", "--skipDefaultLibCheck"];
  const compile = (...options: string[]) => {
    const { stdout } = spawnSync(compiler, [...checks, "--target", "es2022", ...options], {
      cwd: home,
      encoding: "utf8",
    });
    expect(stdout).toBe("");
  };

  it(`for ${version} and Node.js`, () => {
    cpSync(join(project, "test/consumer/consumer.mts"), join(home, "consumer.mts"));
    compile("--module", "nodenext", "consumer.mts");
    expect(inHome("node", "consumer.mjs").trim()).toBe("395 470 function function function");
  });

  it(`for ${version} and bundlers`, () => {
    cpSync(join(project, "test/consumer/consumer.mts"), join(home, "consumer.ts"));
    compile("--module", "esnext", "--moduleResolution", "bundler", "--noEmit", "consumer.ts");
  });
});

it("supports the TypeScript versions that the README names", () => {
  const [, oldest] = compilers[1]!;
  const [major, minor] = oldest.replace("Version ", "").split(".");
  const readme = readFileSync(join(project, "README.md"), "utf8");
  expect(readme).toContain(`TypeScript ≥ ${major}.${minor}`);
});
