import { execFileSync, spawn, spawnSync } from "node:child_process";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type PageServer, servePage } from "../../src/server/http.ts";
import { commandPath } from "./command.ts";

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

it.each([
  ["a port that is in use", ["--port", () => String(other.port)], "is in use. Choose another"],
  ["a port that is none", ["--port", "70000"], "Expected a whole number from 0 to 65535."],
])("refuses %s", (_, words, says) => {
  const given = words.map((word) => (typeof word === "string" ? word : word()));
  const { status, stderr } = spawnSync("node", [commandPath, "view", "--no-open", ...given], {
    encoding: "utf8",
  });
  expect([status, stderr]).toEqual([2, expect.stringContaining(says)]);
});
