import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { describe, expect, it } from "vitest";

const source = new URL("../../src/", import.meta.url).pathname;

/** What each folder may import of the others, and why not more. */
const layers: Record<string, { imports: readonly string[]; reason: string }> = {
  document: { imports: [], reason: "reading a file's text needs to know nothing of what it says" },
  numeric: { imports: [], reason: "mathematics knows nothing of the domain" },
  random: { imports: ["numeric"], reason: "a generator must not depend on what is drawn with it" },
  model: { imports: [], reason: "what the model is must be readable without how it is computed" },
  network: {
    imports: ["numeric", "random", "model"],
    reason: "a network follows from parameters and seeds alone",
  },
  engine: {
    imports: ["numeric", "random", "model", "network"],
    reason: "the engine turns state and events into spikes: no experiment, no record, no clock",
  },
  reference: {
    imports: ["numeric", "random", "model", "network", "engine:types", "engine/rules/calls.ts"],
    reason: "the reference engine must have nothing in common with the one that is held to it",
  },
  recording: {
    imports: ["model", "engine:types"],
    reason: "a record must be readable without an engine",
  },
  experiment: {
    imports: ["document", "random", "model", "network", "engine", "reference", "recording"],
    reason: "an experiment drives an engine and records it, and draws and shows nothing",
  },
  analysis: { imports: [], reason: "analyses turn arrays into arrays, whoever recorded them" },
  figures: {
    imports: ["analysis:types", "model"],
    reason: "figures are pure functions of results, so that a browser can draw them",
  },
  paper: {
    imports: [],
    reason: "what the paper claims is judged by numbers alone, whoever measured and drew them",
  },
  export: { imports: ["recording"], reason: "an export needs a recorded run and nothing else" },
  sweep: {
    imports: ["document", "model", "recording", "experiment"],
    reason: "a plan follows from its file and the experiment, wherever it is carried out",
  },
  web: {
    imports: ["index.ts", "figures", "recording:types", "experiment", "export"],
    reason:
      "the page is one more caller of the library: it has no way of its own to change a column",
  },
  node: {
    imports: [
      "document",
      "model",
      "network",
      "engine",
      "recording",
      "experiment",
      "analysis",
      "figures",
      "paper",
      "export",
      "sweep",
    ],
    reason: "only here do files, workers and processes meet the rest; commands are built on it",
  },
  cli: {
    imports: [
      "document",
      "model",
      "network",
      "engine",
      "recording",
      "experiment",
      "analysis",
      "figures",
      "paper",
      "export",
      "sweep",
      "node",
    ],
    reason: "commands parse and print; nothing depends on them",
  },
};

/** Folders that may use Node.js itself. */
const nodeFolders = ["node", "cli"];

/** Globals of Node.js, or of one JavaScript engine, that must not appear elsewhere. */
const hostGlobals = /\b(?:process|Buffer|__dirname|__filename|setImmediate|require)\b\s*[.(]/;

/** Their last bit differs between JavaScript engines, so nothing that feeds a spike may use them. */
const inexactMath =
  /\bMath\.(?:exp|expm1|log|log1p|log2|log10|pow|sin|cos|tan|tanh|cbrt|hypot)\b|\*\*/;
const exactFolders = ["numeric", "random", "model", "network", "engine", "reference"];

interface Import {
  readonly target: string;
  readonly typeOnly: boolean;
}

const files = readdirSync(source, { recursive: true, encoding: "utf8" })
  .filter((path) => /\.tsx?$/.test(path))
  .map((path) => ({ path, text: readFileSync(join(source, path), "utf8") }));

function importsOf(text: string): Import[] {
  const statements = text.matchAll(
    /^(?:import|export)\s+(type\s+)?(?:[\w*{][^;]*?\sfrom\s+)?"([^"]+)"/gm,
  );
  const dynamic = text.matchAll(/\bimport\("([^"]+)"\)/g);
  return [
    ...Array.from(statements, (match) => ({ target: match[2]!, typeOnly: Boolean(match[1]) })),
    ...Array.from(dynamic, (match) => ({ target: match[1]!, typeOnly: false })),
  ];
}

const folderOf = (path: string) => path.split("/")[0]!;

describe("layers", () => {
  it("covers every folder of src", () => {
    const folders = readdirSync(source, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);
    expect(folders.sort()).toEqual(Object.keys(layers).sort());
  });

  it.each(Object.entries(layers))("%s imports only what lies below it", (folder, rule) => {
    const violations = files
      .filter(({ path }) => folderOf(path) === folder)
      .flatMap(({ path, text }) =>
        importsOf(text)
          .filter(({ target }) => target.startsWith("."))
          .map((found) => ({
            ...found,
            file: normalize(join(dirname(path), found.target)),
            to: folderOf(normalize(join(dirname(path), found.target))),
          }))
          .filter(
            ({ file, to, typeOnly }) =>
              to !== folder &&
              !rule.imports.includes(to) &&
              !rule.imports.includes(file) &&
              !(typeOnly && rule.imports.includes(`${to}:types`)),
          )
          .map(({ target }) => `${path} imports ${target}: ${rule.reason}`),
      );
    expect(violations).toEqual([]);
  });

  it("uses Node.js only in the folders made for it, so that the rest runs in a browser", () => {
    const violations = files
      .filter(({ path }) => !nodeFolders.includes(folderOf(path)))
      .filter(
        ({ text }) =>
          importsOf(text).some(({ target }) => target.startsWith("node:")) ||
          hostGlobals.test(withoutComments(text)),
      );
    expect(violations.map(({ path }) => path)).toEqual([]);
  });

  it("keeps to our own exp and log wherever a result can reach a spike", () => {
    const violations = files
      .filter(({ path }) => exactFolders.includes(folderOf(path)))
      .filter(({ text }) => inexactMath.test(withoutComments(text)));
    expect(violations.map(({ path }) => path)).toEqual([]);
  });

  it("gives the engine no clock and no chance", () => {
    const violations = files
      .filter(({ path }) =>
        ["engine", "reference", "network", "random", "numeric"].includes(folderOf(path)),
      )
      .filter(({ text }) => /\b(?:Date|performance|Math\.random|setTimeout)\b/.test(text));
    expect(violations.map(({ path }) => path)).toEqual([]);
  });

  it("measures durations by a clock that nobody sets", () => {
    // Files state their times by the clock on the wall, and are compared with it.
    const mayLook = ["node/system-clock.ts", "node/run/lease.ts", "node/replacement.ts"];
    const violations = files
      .filter(({ path }) => !mayLook.includes(path))
      .filter(({ text }) => /\bDate\.now\b/.test(withoutComments(text)));
    expect(violations.map(({ path }) => path)).toEqual([]);
  });
});

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/\/\/.*$/gm, "");
}
