import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { encodeFileHeader } from "../../src/encoding/block.ts";
import { manifestSchema } from "../../src/recording/manifest.ts";
import { fileKinds, runFiles } from "../../src/recording/run-files.ts";

const page = readFileSync(new URL("../../docs/run-format.md", import.meta.url), "utf8");

/** Names in the first column of the rows of a table in a section. */
const namesIn = (heading: string): string[] =>
  page
    .split(/^## /m)
    .find((section) => section.startsWith(heading))!
    .split("\n")
    .filter((line) => line.startsWith("| `"))
    .flatMap((line) =>
      [...line.split(" | ")[0]!.matchAll(/`([\w./-]+)`/g)].map(([, name]) => name!),
    );

it("docs/run-format.md lists the entries of the manifest", () => {
  const entries = [...Object.keys(manifestSchema.shape), "crc32"];
  expect(namesIn("manifest.json").sort()).toEqual(entries.sort());
});

it("docs/run-format.md lists the files of a run", () => {
  const [, listing = ""] = /```\n(manifest\.json[\s\S]*?)```/.exec(page) ?? [];
  const listed = listing
    .trim()
    .split("\n")
    .map((line) => line.split(" ")[0]);
  const stimuli = "stimuli/CHECKSUM.bin";
  expect(listed.sort()).toEqual([...Object.values(runFiles), stimuli].sort());
});

it("docs/run-format.md numbers the kinds of blocks", () => {
  for (const kind of [...Object.values(fileKinds), "trains"] as const) {
    const [number] = encodeFileHeader(kind, "0".repeat(16)).slice(24);
    expect(page).toMatch(new RegExp(`kind: .*\\b${number} ${kind}\\b`));
  }
});
