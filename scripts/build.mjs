// Bundles src/ to dist/: a file for each entry of the package and of its processes, and chunks that
// they share, so that a command reads few files, and none that it does not need. Declarations are
// the compiler's. --watch bundles anew whenever a source changes.
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { build, context } from "esbuild";
import { bundledPackages, licenceTexts } from "./licences.mjs";

const { exports, dependencies } = JSON.parse(readFileSync("package.json", "utf8"));

/** Libraries that commands load at once: their many files would take longer than all that is ours. */
const bundled = ["zod", "yaml", "fastest-levenshtein", "fflate"];

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
  setup({ onResolve }) {
    for (const [name, entry] of Object.entries(libraries)) {
      const path = `#libraries/${name}`;
      onResolve({ filter: new RegExp(`^${entry}$`) }, () => ({ path, external: true }));
    }
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

const options = {
  entryPoints: entries,
  outdir: "dist",
  outbase: "src",
  chunkNames: "chunks/[name]-[hash]",
  bundle: true,
  splitting: true,
  format: "esm",
  target: "es2022",
  // The library's entries run in browsers as well.
  platform: "neutral",
  mainFields: ["module", "main"],
  external: ["node:*", ...Object.keys(dependencies).filter((name) => !bundled.includes(name))],
  // Bundled libraries are named the same wherever they are.
  preserveSymlinks: true,
  // Less to read at each start; source maps tell lines.
  minifyWhitespace: true,
  sourcemap: "linked",
  sourcesContent: false,
  plugins: [shippedLibraries],
  logLevel: "warning",
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
  await (await context({ ...options, logLevel: "info" })).watch();
} else {
  const bundles = [await build({ ...options, metafile: true }), await build(libraryOptions)];
  chmodSync("dist/cli/main.js", 0o755);
  writeDeclarations();
  writeFileSync(
    "dist/LICENSES-of-bundled-libraries.txt",
    licenceTexts(bundledPackages(...bundles)),
  );
  await writePresets();
}
