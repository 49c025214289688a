import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, it } from "vitest";
import { parse } from "yaml";

const project = new URL("../../", import.meta.url).pathname;
const textOf = (path: string) => readFileSync(join(project, path), "utf8");
const { version, license } = JSON.parse(textOf("package.json"));

it("all descriptions of the program name the same version and licence", () => {
  const citation = parse(textOf("CITATION.cff"));
  const zenodo = JSON.parse(textOf(".zenodo.json"));
  const codemeta = JSON.parse(textOf("codemeta.json"));
  expect([citation.version, zenodo.version, codemeta.version]).toEqual(Array(3).fill(version));
  expect([citation.license, zenodo.license]).toEqual([license, license]);
  expect(codemeta.license).toBe(`https://spdx.org/licenses/${license}`);
  const dois = citation.references.map(({ doi }: { doi: string }) => doi);
  const related = zenodo.related_identifiers.map((one: { identifier: string }) => one.identifier);
  const published = codemeta.referencePublication.map((one: { "@id": string }) => one["@id"]);
  expect(related).toEqual(dois);
  expect(published).toEqual(dois.map((doi: string) => `https://doi.org/${doi}`));
});

beforeAll(() => {
  // Parts of the tests run without the page.
  if (existsSync(join(project, "dist/page"))) return;
  execFileSync("node", ["scripts/build-page.mjs"], { cwd: project, stdio: "pipe" });
});

it("THIRD-PARTY.md lists what is shipped, with licences", () => {
  const script = ["scripts/third-party.mjs", "--check"];
  execFileSync("node", script, { cwd: project, encoding: "utf8" });
  const rows = [...textOf("THIRD-PARTY.md").matchAll(/^\| (\S+) \| (\S+) \| (.+) \|$/gm)];
  const names = rows.map(([, name]) => name);
  expect(names).toEqual(expect.arrayContaining(["zod", "preact", "h5wasm", "@resvg/resvg-js"]));
  expect(rows.filter(([, , , licence]) => licence === "undefined")).toEqual([]);
});
