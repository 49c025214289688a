import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { binaryFiles, growingFiles, runFiles } from "../../src/recording/run-files.ts";
import { foreignCases } from "../cli/foreign-places.ts";
import { randomManifests, runReaders } from "../runs/run-readers.ts";

const page = readFileSync(new URL("../../docs/reliability.md", import.meta.url), "utf8");

/** How a run ended whose files are crossed: complete, and interrupted. */
const kinds = 2;
const files = Object.keys(runFiles).length;
const readers = Object.keys(runReaders).length;
// `show` reads the manifest alone.
const crossed = kinds * (files * (readers - 1) + 1);

it.each([
  [
    "another run's file in place",
    `${crossed} (${files} × ${kinds} × ${readers - 1}, and ${kinds}), ${kinds * files} restored`,
  ],
  [
    "a record's own file in place",
    `${kinds * binaryFiles.length * (binaryFiles.length - 1)}, ${kinds * growingFiles.length}, ${2 * kinds}, ${kinds}`,
  ],
  [
    "random manifests with intact",
    `${randomManifests.each * randomManifests.kinds.length}, each for ${readers} readers`,
  ],
  ["a foreign file, link, folder", `${foreignCases}`],
])("docs/reliability.md says how many cases there are: %s", (row, cases) => {
  const line = page.split("\n").find((one) => one.startsWith(`| ${row}`));
  const [, found] = line?.split(" | ") ?? [];
  expect(found).toBe(cases);
});
