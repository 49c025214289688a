// Builds the page of src/web into dist/page: static files for any host and any path. The reference
// runs come with it, so that it can verify itself. Another folder may be named.
import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join, relative } from "node:path";
import { build } from "esbuild";
import { bundledPackages, licenceTexts } from "./licences.mjs";

const target = process.argv[2] ?? "dist/page";
const { name, version } = JSON.parse(readFileSync("package.json", "utf8"));
rmSync(target, { recursive: true, force: true });
mkdirSync(target, { recursive: true });

/** Scripts that are files of their own; each is whole, so that nothing waits for a second file. */
const scripts = {
  opening: "src/web/page/opening.ts",
  main: "src/web/page/main.tsx",
  picture: "src/web/page/picture.ts",
  "column-worker": "src/live/worker/column.ts",
  "job-worker": "src/live/worker/job.ts",
  runs: "src/viewer/page/main.tsx",
  "viewed-column": "src/viewer/worker/viewed-column.ts",
};

/** What a script imports as it runs, if it is one of these, stays a file of its own. */
const separately = {
  name: "separately",
  setup({ onResolve }) {
    onResolve({ filter: /\.tsx?$/ }, ({ kind, path, resolveDir }) => {
      if (kind !== "dynamic-import") return undefined;
      const source = relative(".", join(resolveDir, path));
      const own = Object.entries(scripts).find(([, script]) => script === source);
      return own && { path: `./${own[0]}.js`, external: true };
    });
  },
};

const shared = {
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  jsx: "automatic",
  jsxImportSource: "preact",
  legalComments: "linked",
  logLevel: "warning",
  outdir: target,
};
const bundle = await build({
  ...shared,
  metafile: true,
  entryPoints: {
    ...scripts,
    style: "src/web/page/main.css",
    "runs-style": "src/viewer/page/runs.css",
  },
  define: { PROGRAM: JSON.stringify({ name, version }) },
  plugins: [separately],
});
writeFileSync(`${target}/LICENSES-of-bundled-libraries.txt`, licenceTexts(bundledPackages(bundle)));
cpSync("src/web/page/index.html", `${target}/index.html`);
cpSync("src/web/page/icon.svg", `${target}/icon.svg`);
cpSync("src/viewer/page/runs.html", `${target}/runs.html`);

// Every reference run, and a list of them.
const references = readdirSync("test/reference", { withFileTypes: true })
  .filter((entry) => existsSync(`test/reference/${entry.name}/run.json`))
  .map((entry) => entry.name);
const files = [
  "run.json",
  "spike-times-ms.f64",
  "spike-cells.u16",
  "final-cells.tsv",
  "final-plastic-gains.f64",
];
for (const run of references) {
  for (const file of files) {
    cpSync(`test/reference/${run}/${file}`, `${target}/reference/${run}/${file}`);
  }
}
writeFileSync(`${target}/reference/runs.json`, JSON.stringify(references));

// The service worker keeps all files of this very build.
const paths = readdirSync(target, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => `${entry.parentPath}/${entry.name}`.slice(target.length + 1))
  .sort();
const hash = createHash("sha256");
for (const path of paths) hash.update(path).update(readFileSync(`${target}/${path}`));
await build({
  ...shared,
  entryPoints: { "service-worker": "src/web/page/service-worker.ts" },
  define: {
    VERSION: JSON.stringify(`${version} ${hash.digest("hex").slice(0, 16)}`),
    FILES: JSON.stringify(["./", ...paths]),
  },
});
