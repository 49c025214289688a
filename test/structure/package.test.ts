import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";

const project = new URL("../../", import.meta.url).pathname;

/** An empty project into which the packed tarball is installed, as a user would. */
let home: string;

const inHome = (command: string, ...args: string[]) =>
  execFileSync(command, args, { cwd: home, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });

beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), "isocortex-package-"));
  execFileSync("npm", ["pack", "--silent", "--pack-destination", home], { cwd: project });
  const tarball = readdirSync(home).find((name) => name.endsWith(".tgz"))!;
  writeFileSync(join(home, "package.json"), '{ "name": "elsewhere", "type": "module" }');
  inHome(
    "npm",
    "install",
    "--silent",
    "--no-audit",
    "--no-fund",
    "--prefer-offline",
    `./${tarball}`,
  );
});

afterAll(() => rmSync(home, { recursive: true, force: true }));

it("gives an empty project the command", () => {
  expect(inHome("npx", "--no-install", "isocortex", "--version").trim()).toMatch(/^\d+\.\d+\.\d+$/);
  expect(inHome("npx", "--no-install", "isocortex", "list")).toContain(
    "training-with-scaling-quick",
  );
});

it("gives an empty project the reference runs, which its command verifies", () => {
  const reference = "node_modules/isocortex/test/reference/training-with-scaling-20s";
  const report = inHome("npx", "--no-install", "isocortex", "verify", "--against", reference);
  expect(report).toContain("18637");
});

it("gives an empty project a library with types", () => {
  writeFileSync(
    join(home, "simulate.mts"),
    `import { resolveParameters, Simulation, type Parameters } from "isocortex";
const parameters: Parameters = resolveParameters({ protocol: "training", baselineDurationS: 1 });
const simulation = new Simulation(parameters);
let spikes: number = 0;
simulation.advance(500, (timesMs: Float64Array, cells: Uint32Array, count: number) => {
  spikes += count;
});
// @ts-expect-error: a misspelt parameter must not compile
export const misspelt = () => resolveParameters({ baselineDuration: 1 });
console.log(spikes, simulation.network.cellCount);
`,
  );
  const compiler = join(project, "node_modules/.bin/tsc");
  inHome(compiler, "--strict", "--module", "nodenext", "--target", "es2022", "simulate.mts");
  expect(inHome("node", "simulate.mjs").trim()).toBe("395 470");
});
