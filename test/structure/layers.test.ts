import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join, normalize } from "node:path";
import { describe, expect, it } from "vitest";

const source = new URL("../../src/", import.meta.url).pathname;

/** What each folder may import of the others, and why not more. */
const layers: Record<string, { imports: readonly string[]; reason: string }> = {
  document: { imports: [], reason: "reading a file's text needs to know nothing of what it says" },
  numeric: { imports: [], reason: "mathematics knows nothing of the domain" },
  webassembly: { imports: [], reason: "a module is loaded the same whatever it computes" },
  random: { imports: ["numeric"], reason: "a generator must not depend on what is drawn with it" },
  model: {
    imports: ["model/parameters"],
    reason: "what the model is must be readable without how it is computed",
  },
  "model/parameters": {
    imports: ["model"],
    reason: "an entry says all of a parameter, and computes nothing",
  },
  network: {
    imports: ["numeric", "random", "model", "network/stimuli"],
    reason: "a network follows from parameters and seeds alone",
  },
  "network/stimuli": {
    imports: [
      "numeric",
      "random",
      "model",
      "network/time-order.ts",
      "kernel/walk-memory.ts",
      "webassembly",
    ],
    reason: "a stimulus is a list of times, cells and weights, whatever network it reaches",
  },
  rules: {
    imports: ["numeric"],
    reason:
      "an equation is a function of numbers, in the subset that the kernel's compiler has too",
  },
  kernel: {
    imports: ["rules"],
    reason:
      "the kernel is compiled to WebAssembly: it sees rules and numbers at addresses, no more",
  },
  engine: {
    imports: [
      "numeric",
      "random",
      "model",
      "network",
      "network/stimuli",
      "rules",
      "kernel",
      "webassembly",
    ],
    reason: "the engine turns state and events into spikes: no experiment, no record, no clock",
  },
  reference: {
    imports: [
      "numeric",
      "random",
      "model",
      "network",
      "network/stimuli",
      "engine:types",
      "rules/calls.ts",
    ],
    reason: "the reference engine must have nothing in common with the one that is held to it",
  },
  encoding: {
    imports: ["numeric", "rules/prelude.ts", "webassembly"],
    reason: "bytes say no more of what they are of than its numbers",
  },
  recording: {
    imports: ["numeric", "encoding", "model", "engine:types"],
    reason: "a record must be readable without an engine",
  },
  timeline: {
    imports: [
      "numeric",
      "document",
      "random",
      "model",
      "network",
      "network/stimuli",
      "engine:types",
      "recording",
      "timeline/interventions",
      "timeline/selections",
    ],
    reason: "what is to happen and when is told to a column, whatever advances it",
  },
  "timeline/interventions": {
    imports: [
      "document",
      "random",
      "model",
      "network/stimuli",
      "engine:types",
      "recording:types",
      "timeline",
      "timeline/selections:types",
    ],
    reason: "a kind of intervention acts on the column it is given and on nothing else",
  },
  "timeline/selections": {
    imports: ["document", "random", "model", "network:types"],
    reason: "which cells a file means follows from its words and from where cells are",
  },
  experiment: {
    imports: [
      "document",
      "model",
      "network",
      "recording",
      "timeline",
      "timeline/interventions",
      "timeline/selections:types",
    ],
    reason: "an experiment can be read, checked and written without being simulated",
  },
  simulation: {
    imports: [
      "model",
      "network",
      "engine",
      "reference",
      "recording",
      "timeline",
      "timeline/interventions",
      "experiment",
    ],
    reason: "a simulation drives an engine and records it, and draws and shows nothing",
  },
  "analysis/statistics": {
    imports: [],
    reason: "statistics of numbers know not what these are of",
  },
  counting: {
    imports: ["rules/prelude.ts", "webassembly"],
    reason: "a loop adds up numbers, whatever they are of",
  },
  "analysis/firing": {
    imports: ["analysis/statistics", "counting"],
    reason: "analyses turn arrays into arrays, whoever recorded them",
  },
  "analysis/transmission": {
    imports: ["analysis/firing:types"],
    reason: "information about a signal is a function of spike trains, whatever recorded them",
  },
  "analysis/state": {
    imports: ["analysis/firing", "analysis/statistics"],
    reason: "states of cells are given as arrays, independent of any record",
  },
  synapses: {
    imports: ["analysis/firing", "analysis/statistics"],
    reason: "gains and weights of synapses are given as arrays, independent of any record",
  },
  spectra: {
    imports: ["analysis/firing", "analysis/statistics", "rules/prelude.ts", "webassembly"],
    reason: "a spectrum follows from counts of spikes alone",
  },
  measures: {
    imports: [
      "random",
      "model",
      "analysis/firing",
      "analysis/state",
      "analysis/statistics",
      "analysis/transmission",
      "synapses",
      "spectra",
      "encoding:types",
      "recording",
      "paper:types",
    ],
    reason: "measures of a run depend on its record alone, not on the command",
  },
  drawing: {
    imports: ["numeric", "analysis/firing:types", "analysis/state:types", "model:types"],
    reason: "panels, axes and marks know no quantity of the model",
  },
  figures: {
    imports: [
      "analysis/firing:types",
      "analysis/state:types",
      "synapses:types",
      "analysis/transmission:types",
      "spectra:types",
      "drawing",
    ],
    reason: "figures are pure functions of results, so that a browser can draw them",
  },
  ensembles: {
    imports: ["analysis/statistics:types", "drawing"],
    reason: "figures of many runs are pure functions of their numbers, whatever study made them",
  },
  paper: {
    imports: [],
    reason: "what the paper claims is judged by numbers alone, whoever measured and drew them",
  },
  export: {
    imports: ["analysis/firing/interval.ts", "analysis/state", "encoding:types", "recording"],
    reason: "an export needs a recorded run and functions of its arrays, and nothing else",
  },
  host: {
    imports: [],
    reason: "process, clock, signals and the installed package are the same for all who use them",
  },
  store: {
    imports: ["numeric", "recording", "host"],
    reason: "files are kept safe whatever they hold",
  },
  threads: {
    imports: ["model:types", "network:types", "engine", "timeline", "simulation", "host"],
    reason: "threads share the work of one simulation, and neither record nor show anything",
  },
  runs: {
    imports: [
      "model",
      "network",
      "engine:types",
      "encoding",
      "recording",
      "timeline",
      "experiment",
      "simulation",
      "export",
      "measures",
      "host",
      "store",
      "threads",
      "runs/trains",
    ],
    reason: "one run in one folder: no study, no picture, no terminal",
  },
  "runs/passes": {
    imports: ["analysis/firing:types", "spectra", "measures", "runs", "host"],
    reason: "threads beside the one that reads a run do parts of its work, and no other",
  },
  "runs/trains": {
    imports: ["recording", "timeline"],
    reason: "files of spike trains are read the same for whatever run they are given to",
  },
  pictures: {
    imports: [
      "numeric",
      "model",
      "analysis/firing",
      "analysis/state",
      "analysis/transmission",
      "synapses",
      "spectra",
      "recording",
      "timeline",
      "measures",
      "drawing",
      "figures",
      "export",
      "host",
      "store",
      "runs",
      "runs/passes",
    ],
    reason: "a picture needs recorded runs, whatever recorded them",
  },
  "study/planning": {
    imports: [
      "numeric",
      "document",
      "model",
      "encoding",
      "recording",
      "timeline",
      "experiment",
      "measures",
    ],
    reason: "a plan follows from its file and the experiment, wherever it is carried out",
  },
  study: {
    imports: [
      "document",
      "model",
      "analysis/statistics",
      "encoding",
      "recording",
      "timeline",
      "timeline/interventions",
      "experiment",
      "simulation",
      "measures",
      "paper:types",
      "drawing",
      "ensembles",
      "host",
      "store",
      "runs",
      "runs/trains",
      "pictures",
      "study/planning",
    ],
    reason: "a study does not know which executor carries out its tasks",
  },
  executors: {
    imports: ["simulation:types", "runs:types", "study", "executors/workers"],
    reason: "the executor of this computer hands tasks to workers and keeps nothing",
  },
  "executors/workers": {
    imports: [
      "simulation:types",
      "measures:types",
      "host",
      "runs",
      "study",
      "study/planning:types",
    ],
    reason: "a worker is told a task and answers: it knows no command",
  },
  "executors/clusters": {
    imports: [
      "document",
      "model",
      "encoding",
      "recording",
      "host",
      "store",
      "study",
      "study/planning",
    ],
    reason: "schedulers are handed jobs and asked for states: they simulate nothing here",
  },
  replication: {
    imports: [
      "model",
      "analysis/firing:types",
      "analysis/statistics",
      "recording",
      "experiment",
      "measures",
      "paper",
      "drawing",
      "ensembles",
      "figures",
      "host",
      "store",
      "runs",
      "pictures",
      "study",
      "study/planning",
      "executors/workers",
      "timeline",
    ],
    reason: "the paper's figures and claims are made of runs like any other",
  },
  bench: {
    imports: [
      "model",
      "network",
      "recording",
      "experiment",
      "simulation",
      "host",
      "store",
      "threads",
    ],
    reason: "benchmarks time what users run, and nothing depends on them",
  },
  terminal: {
    imports: [
      "document",
      "model",
      "experiment:types",
      "analysis/statistics:types",
      "recording",
      "timeline",
      "timeline/interventions:types",
      "simulation:types",
      "measures:types",
      "study:types",
      "study/planning:types",
      "executors/workers:types",
      "replication:types",
    ],
    reason: "what is printed follows from results that are given, and computes none",
  },
  archive: {
    imports: ["recording"],
    reason: "a run as one file holds the files of its directory, and nothing else",
  },
  overview: {
    imports: ["numeric", "encoding", "recording", "model"],
    reason: "an overview follows from a record alone, wherever it is kept and shown",
  },
  viewing: {
    imports: [
      "recording",
      "archive",
      "overview",
      "host",
      "store",
      "runs",
      "study",
      "study/planning",
    ],
    reason: "what of recorded runs is handed out does not depend on how it is asked for",
  },
  "live/session": {
    imports: [
      "index.ts",
      "recording",
      "archive",
      "experiment",
      "timeline",
      "spectra",
      "live/worker:types",
    ],
    reason:
      "the page is one more caller of the library: it has no way of its own to change a column",
  },
  "live/worker": {
    imports: [
      "index.ts",
      "timeline",
      "simulation",
      "experiment",
      "model",
      "archive",
      "live/session",
    ],
    reason: "the thread that simulates shows nothing",
  },
  "web/drawing": {
    imports: ["drawing/theme.ts", "live/session", "live/worker:types"],
    reason: "pictures of the page follow from what is known of the column, and ask nothing of it",
  },
  "web/page": {
    imports: ["index.ts", "drawing", "figures", "live/session", "web/drawing", "live/worker"],
    reason: "what is seen and touched knows the simulation by messages only",
  },
  "viewer/worker": {
    imports: [
      "index.ts",
      "recording",
      "timeline",
      "measures",
      "overview",
      "live/session",
      "live/worker",
    ],
    reason: "the thread that reads records shows nothing, and simulates as the live page does",
  },
  "viewer/page": {
    imports: [
      "index.ts",
      "overview",
      "viewing:types",
      "live/session",
      "live/worker:types",
      "web/page",
      "viewer/worker:types",
      "viewer/worker/moment-link.ts",
    ],
    reason: "a recorded run is shown by what shows a live one, and read by messages only",
  },
  server: {
    imports: ["host"],
    reason: "a server hands out files that it is told of, and knows nothing of what they hold",
  },
  node: { imports: ["*"], reason: "the library's entry for Node.js gathers names of all" },
  "cli/arguments": { imports: ["*"], reason: "what is typed is read the same for every command" },
  "cli/sweep": { imports: ["*"], reason: "commands parse and print; nothing depends on them" },
  cli: { imports: ["*"], reason: "commands parse and print; nothing depends on them" },
};

/** Folders that may use Node.js itself. */
const nodeFolders = [
  "host",
  "store",
  "threads",
  "runs",
  "runs/trains",
  "runs/passes",
  "pictures",
  "study",
  "executors",
  "executors/workers",
  "executors/clusters",
  "replication",
  "bench",
  "terminal",
  "viewing",
  "server",
  "node",
  "cli",
  "cli/arguments",
  "cli/sweep",
];

/** Globals of Node.js, or of one JavaScript engine, that must not appear elsewhere. */
const hostGlobals = /\b(?:process|Buffer|__dirname|__filename|setImmediate|require)\b\s*[.(]/;

/** Their last bit differs between JavaScript engines, so nothing that feeds a spike may use them. */
const inexactMath =
  /\bMath\.(?:exp|expm1|log|log1p|log2|log10|pow|sin|cos|tan|tanh|cbrt|hypot)\b|\*\*/;
const exactFolders = [
  "numeric",
  "random",
  "model",
  "network",
  "network/stimuli",
  "rules",
  "kernel",
  "engine",
  "reference",
];

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

/** The files of src that a file imports. */
const filesImportedBy = (path: string, text: string): string[] =>
  importsOf(text)
    .filter(({ target }) => target.startsWith("."))
    .map(({ target }) => normalize(join(dirname(path), target)));

/** The top folder that a file is in, with all beneath it. */
const roomOf = (path: string) => path.split("/")[0]!;

const folderOf = (path: string) => dirname(path);

describe("layers", () => {
  it("covers every folder of src", () => {
    const folders = new Set(files.map(({ path }) => folderOf(path)).filter((name) => name !== "."));
    expect([...folders].sort()).toEqual(Object.keys(layers).sort());
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
              !rule.imports.includes("*") &&
              !rule.imports.includes(to) &&
              !rule.imports.includes(file) &&
              !(typeOnly && rule.imports.includes(`${to}:types`)),
          )
          .map(({ target }) => `${path} imports ${target}: ${rule.reason}`),
      );
    expect(violations).toEqual([]);
  });

  it("has no circle of files, not even of types", () => {
    const graph = new Map(files.map(({ path, text }) => [path, filesImportedBy(path, text)]));
    expect(circlesOf(graph)).toEqual([]);
  });

  it("has no circle of rooms, not even of types", () => {
    const graph = new Map<string, Set<string>>();
    for (const { path, text } of files) {
      const others = filesImportedBy(path, text).map(roomOf);
      const known = graph.get(roomOf(path)) ?? [];
      graph.set(roomOf(path), new Set([...known, ...others.filter((to) => to !== roomOf(path))]));
    }
    expect(circlesOf(graph)).toEqual([]);
  });

  it("is the map in its README, in which no line uses one below it", () => {
    const readme = readFileSync(join(source, "README.md"), "utf8");
    const lines = Array.from(readme.matchAll(/^\| .*$/gm), ([line]) =>
      Array.from(line.matchAll(/\]\(([\w.]+)\)/g), ([, room]) => room!),
    );
    const rooms = [...new Set(files.map(({ path }) => roomOf(path)))];
    expect(lines.flat().sort()).toEqual(rooms.sort());
    const lineOf = (path: string) => lines.findIndex((line) => line.includes(roomOf(path)));
    const upward = files.flatMap(({ path, text }) =>
      filesImportedBy(path, text)
        .filter((target) => lineOf(target) > lineOf(path))
        .map((target) => `${path} imports ${target}`),
    );
    expect(upward).toEqual([]);
  });

  it("has no room of more than 4000 lines", () => {
    const lines = new Map<string, number>();
    for (const { path, text } of files) {
      lines.set(roomOf(path), (lines.get(roomOf(path)) ?? 0) + text.split("\n").length - 1);
    }
    expect([...lines].filter(([, count]) => count > 4000)).toEqual([]);
  });

  it.each(
    [...new Set(files.map(({ path }) => roomOf(path)))].filter((room) => !room.endsWith(".ts")),
  )("%s says in three sentences what belongs there", (room) => {
    const [, text] = readFileSync(join(source, room, "README.md"), "utf8").split(`# ${room}\n\n`);
    expect(text!.match(/[.](?=\s)/g)!.length).toBe(3);
  });

  it("has error classes in one style: named Error, and by that name", () => {
    const unnamed = files.flatMap(({ path, text }) =>
      Array.from(text.matchAll(/class (\w+) extends (\w*Error)\b[^{]*\{(.*\n?.*)/g))
        .filter(([, name, , body]) => {
          const isNamed = new RegExp(`override readonly name(: string)? = "${name}"`).test(body!);
          return !name!.endsWith("Error") || !isNamed;
        })
        .map(([, name]) => `${path}: ${name}`),
    );
    expect(unnamed).toEqual([]);
  });

  it("names no file after its folder", () => {
    const repeats = files.filter(({ path }) => {
      const folder = basename(dirname(path));
      const words = basename(path).split(".")[0]!.split("-");
      return [folder, folder.replace(/s$/, "")].some(
        (name) => words[0] === name || words.at(-1) === name,
      );
    });
    expect(repeats.map(({ path }) => path)).toEqual([]);
  });

  it("uses Node.js only in the folders made for it, so that the rest runs in a browser", () => {
    const violations = files
      .filter(({ path }) => ![".", ...nodeFolders].includes(folderOf(path)))
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
      .filter(({ path }) => exactFolders.includes(folderOf(path)))
      .filter(({ text }) => /\b(?:Date|performance|Math\.random|setTimeout)\b/.test(text));
    expect(violations.map(({ path }) => path)).toEqual([]);
  });

  it("measures durations by a clock that nobody sets", () => {
    // Files state their times by the clock on the wall, and are compared with it.
    const mayLook = ["host/system-clock.ts", "store/lease.ts", "store/replacement.ts"];
    const violations = files
      .filter(({ path }) => !mayLook.includes(path))
      .filter(({ text }) => /\bDate\.now\b/.test(withoutComments(text)));
    expect(violations.map(({ path }) => path)).toEqual([]);
  });
});

/** Circles in a graph, each as the names along it. */
function circlesOf(graph: ReadonlyMap<string, Iterable<string>>): string[] {
  const circles: string[] = [];
  const done = new Set<string>();
  const visit = (name: string, trail: readonly string[]): void => {
    if (trail.includes(name)) circles.push([...trail.slice(trail.indexOf(name)), name].join(" → "));
    if (trail.includes(name) || done.has(name)) return;
    for (const next of graph.get(name) ?? []) visit(next, [...trail, name]);
    done.add(name);
  };
  for (const name of graph.keys()) visit(name, []);
  return circles;
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/\/\/.*$/gm, "");
}
