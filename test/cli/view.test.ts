import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it, onTestFinished } from "vitest";
import { readExperiment, runExperiment } from "../../src/index.ts";
import { type PageServer, servePage } from "../../src/server/http.ts";
import { FolderStore } from "../../src/store/run-folder.ts";
import { commandPath, inThisProcess, temporaryFolder } from "./command.ts";

let other: PageServer;

beforeAll(async () => {
  execFileSync("node", ["scripts/build-page.mjs"]);
  other = await servePage(new Map(), 0);
});

afterAll(() => other.close());

it("serves the page until it is interrupted", async () => {
  const env = { ...process.env, SSH_CONNECTION: "there 1 here 22" };
  const child = spawn("node", [commandPath, "view", "--port", "0"], { env });
  let said = "";
  for await (const chunk of child.stdout) {
    said += chunk;
    if (said.includes("ssh -L")) break;
  }
  const [, address = "", port] = /at (http:\/\/127\.0\.0\.1:(\d+)\/)/.exec(said) ?? [];
  expect(said).toContain(`ssh -L ${port}:127.0.0.1:${port}`);
  const page = await (await fetch(address)).text();
  expect(page).toContain("isocortex");
  const names: string[] = await (await fetch(`${address}reference/runs.json`)).json();
  expect(names).toContain("training-with-scaling-20s");
  const exit = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGINT");
  expect(await exit).toBe(0);
});

it("serves the runs of a directory behind a token, with its page", async () => {
  const folder = mkdtempSync(join(tmpdir(), "isocortex-view-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const store = new FolderStore(join(folder, "run"));
  await runExperiment(readExperiment("duration: 50 ms"), { store, label: "short" });
  const env = { ...process.env, SSH_CONNECTION: "there 1 here 22", XDG_CACHE_HOME: folder };
  const child = spawn("node", [commandPath, "view", folder, "--port", "0"], { env });
  let said = "";
  for await (const chunk of child.stdout) {
    said += chunk;
    if (said.includes("ssh -L")) break;
  }
  const [, address = "", root] =
    /is at ((http:\/\/127\.0\.0\.1:\d+\/)[\w-]{22}\/)/.exec(said) ?? [];
  const status = async (path: string) => (await fetch(path)).status;
  const { runs } = await (await fetch(`${address}runs.json`)).json();
  expect(runs).toMatchObject([{ id: 0, label: "short", path: "run", state: "complete" }]);
  const page = await fetch(address);
  expect(await page.text()).toContain("recorded runs");
  expect(page.headers.get("content-security-policy")).toContain("script-src 'self'");
  expect(await status(`${address}runs/0/manifest.json`)).toBe(200);
  const headers = { range: "bytes=0-8" };
  const part = await fetch(`${address}runs/0/spikes/spikes.bin`, { headers });
  expect([part.status, await part.text()]).toEqual([206, "isocortex"]);
  for (const path of [
    "",
    "runs.json",
    "index.html",
    "runs/0/manifest.json",
    `x${address.slice(-10)}`,
  ]) {
    expect(await status(`${root}${path}`)).toBe(404);
  }
  const exit = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGINT");
  expect(await exit).toBe(0);
});

it.each([
  ["a directory that does not exist", ["nowhere"], "There is no directory nowhere. Name a run"],
  ["a port that is in use", ["--port", () => String(other.port)], "is in use. Choose another"],
  ["a port that is none", ["--port", "70000"], "Expected a whole number from 0 to 65535."],
])("refuses %s", async (_, words, says) => {
  const given = words.map((word) => (typeof word === "string" ? word : word()));
  const args = ["view", "--no-open", ...given];
  const { code, stderr } = await inThisProcess(args, { cwd: temporaryFolder() });
  expect([code, stderr]).toEqual([2, expect.stringContaining(says)]);
});
