// Bundles src/ to dist/: a file for each entry of the package and of its processes, and chunks that
// they share, so that a command reads few files, and none that it does not need. Declarations are
// the compiler's. --watch bundles anew whenever a source changes.
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { build } from "esbuild";
import { rolldown, watch } from "rolldown";
import { esmExternalRequirePlugin } from "rolldown/plugins";
import { bundledPackages, licenceTexts } from "./licences.mjs";

const { exports, dependencies } = JSON.parse(readFileSync("package.json", "utf8"));

/** Libraries that commands load at once: their many files would take longer than all that is ours. */
const bundled = ["commander", "zod", "yaml", "fastest-levenshtein", "fflate"];

/**
 * Large libraries of which Node.js needs a part: this part alone is shipped, as a file for each that
 * is loaded where it is used. package.json says where `#libraries/` is.
 */
const libraries = {
  h5wasm: "h5wasm/node",
  linkedom: "linkedom",
  pdfkit: "pdfkit",
  "svg-to-pdfkit": "svg-to-pdfkit",
};
const shippedLibraries = {
  name: "shipped-libraries",
  resolveId(source) {
    const found = Object.entries(libraries).find(([, entry]) => entry === source);
    return found && { id: `#libraries/${found[0]}`, external: true };
  },
};
const libraryOptions = {
  entryPoints: libraries,
  outdir: "dist/libraries",
  bundle: true,
  minify: true,
  format: "esm",
  target: "node20",
  platform: "node",
  // Some of them are CommonJS, which asks for modules of Node.js.
  banner: {
    js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
  },
  metafile: true,
  logLevel: "warning",
};

const filesIn = (folder) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" }).map((name) => join(folder, name));

/** What the package exports, and what its command, processes and threads begin with. */
const entries = [
  ...Object.values(exports).map((entry) =>
    entry.default.replace("./dist", "src").replace(/\.js$/, ".ts"),
  ),
  ...filesIn("src").filter((path) => basename(path) === "main.ts"),
];

/**
 * What most commands load, each with all that it imports, in one file: many small ones take longer.
 * The library has the simulation as well, so that must run in browsers.
 */
const parts = {
  start: ["src/cli/first-failure.ts", "src/host/debugger-signal.ts", "src/host/package.ts"],
  commands: [
    "node_modules/commander/",
    "src/cli/commands.ts",
    "src/cli/help-examples.ts",
    "src/cli/arguments/checkpoint-options.ts",
    "src/cli/arguments/entry-option.ts",
    "src/cli/arguments/option-values.ts",
    "src/terminal/progress-line.ts",
  ],
  simulation: [
    "src/experiment/presets.ts",
    "src/experiment/run-notes.ts",
    "src/simulation/recorder.ts",
  ],
  recording: [
    "src/cli/arguments/named-experiment.ts",
    "src/cli/recording.ts",
    "src/runs/recorded.ts",
  ],
};

const isExternal = (path) =>
  Object.keys(dependencies).some(
    (name) => !bundled.includes(name) && `${path}/`.startsWith(`${name}/`),
  );

const options = {
  input: Object.fromEntries(entries.map((path) => [path.slice(4, -3), path])),
  external: isExternal,
  // The library's entries run in browsers as well.
  platform: "neutral",
  // Bundled libraries are named the same wherever they are.
  resolve: { mainFields: ["module", "main"], symlinks: false },
  transform: { target: "es2022" },
  // What one command imports when it acts, another may import at once.
  checks: { ineffectiveDynamicImport: false },
  plugins: [shippedLibraries, esmExternalRequirePlugin({ external: [/^node:/] })],
  output: {
    dir: "dist",
    chunkFileNames: "chunks/[name]-[hash].js",
    codeSplitting: {
      groups: Object.entries(parts).map(([name, paths]) => ({
        name,
        test: (id) => paths.some((path) => id.includes(`/${path}`)),
      })),
    },
    // Less to read at each start, but in lines: Node.js prints that of an error which nobody caught.
    minify: { compress: false, mangle: false, codegen: { removeWhitespace: false } },
    sourcemap: true,
    sourcemapExcludeSources: true,
  },
};

/** The declarations; the compiler rewrites imports of ".ts" in code, but not in them. */
function writeDeclarations() {
  const { status } = spawnSync("npx", ["--no-install", "tsc", "-p", "tsconfig.build.json"], {
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  if (status !== 0) process.exit(status ?? 1);
  for (const path of filesIn("dist")) {
    if (!path.endsWith(".d.ts")) continue;
    const text = readFileSync(path, "utf8");
    writeFileSync(path, text.replace(/(from |import\()"(\.[^"]*)\.ts"/g, '$1"$2.js"'));
  }
}

/** The presets as files: what isocortex show prints of each. */
async function writePresets() {
  const { experimentText, presetExperiment, presets } = await import("../dist/index.js");
  mkdirSync("dist/experiments");
  for (const { name } of presets) {
    writeFileSync(`dist/experiments/${name}.yaml`, experimentText(presetExperiment(name)));
  }
}

rmSync("dist", { recursive: true, force: true });
if (process.argv.includes("--watch")) {
  await build(libraryOptions);
  watch(options);
} else {
  const bundles = [
    await (await rolldown(options)).write(options.output),
    await build(libraryOptions),
  ];
  chmodSync("dist/cli/main.js", 0o755);
  writeDeclarations();
  writeFileSync(
    "dist/LICENSES-of-bundled-libraries.txt",
    licenceTexts(bundledPackages(...bundles)),
  );
  await writePresets();
}
