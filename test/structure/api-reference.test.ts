import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";

const project = new URL("../../", import.meta.url).pathname;
const committed = join(project, "docs/api");
let generated: string;

beforeAll(() => {
  generated = mkdtempSync(join(tmpdir(), "isocortex-api-"));
  const typedoc = join(project, "scripts/api/node_modules/typedoc/bin/typedoc");
  const options = ["--options", join(project, "scripts/api/typedoc.json"), "--out", generated];
  execFileSync("node", [typedoc, ...options], { stdio: "pipe" });
});

afterAll(() => rmSync(generated, { recursive: true, force: true }));

const pagesIn = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((path) => path.endsWith(".md"))
      .sort()
      .map((path) => [path, readFileSync(join(folder, path), "utf8")]),
  );

it("is what npm run docs:api generates from the docstrings", () => {
  expect(pagesIn(committed)).toEqual(pagesIn(generated));
});
