// Builds the page of src/web into dist/page: static files for any host and any path. The reference
// runs come with it, so that it can verify itself. Another folder may be named.
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { build } from "esbuild";

const target = process.argv[2] ?? "dist/page";
const { name, version } = JSON.parse(readFileSync("package.json", "utf8"));
rmSync(target, { recursive: true, force: true });
mkdirSync(target, { recursive: true });

const shared = {
  bundle: true,
  splitting: true,
  minify: true,
  format: "esm",
  target: "es2022",
  jsx: "automatic",
  jsxImportSource: "preact",
  legalComments: "linked",
  logLevel: "warning",
};
const { metafile } = await build({
  ...shared,
  metafile: true,
  outdir: target,
  entryPoints: {
    "early-worker": "src/web/page/early-worker.ts",
    main: "src/web/page/main.tsx",
    style: "src/web/page/main.css",
    "column-worker": "src/live/worker/column.ts",
    "job-worker": "src/live/worker/job.ts",
    runs: "src/viewer/page/main.tsx",
    "runs-style": "src/viewer/page/runs.css",
    "viewed-column": "src/viewer/worker/viewed-column.ts",
  },
  define: { PROGRAM: JSON.stringify({ name, version }) },
});
cpSync("src/web/page/icon.svg", `${target}/icon.svg`);
cpSync("src/viewer/page/runs.html", `${target}/runs.html`);

// What the page's scripts import is asked for at once, not when they have been read.
const chunks = Object.entries(metafile.outputs)
  .filter(([path]) => ["early-worker.js", "main.js"].includes(basename(path)))
  .flatMap(([, { imports }]) => imports)
  .filter(({ kind }) => kind === "import-statement")
  .map(({ path }) => basename(path));
const links = [...new Set(chunks)].map((path) => `<link rel="modulepreload" href="${path}">\n`);
writeFileSync(
  `${target}/index.html`,
  readFileSync("src/web/page/index.html", "utf8").replace("<script", `${links.join("")}<script`),
);

// Every reference run, and a list of them.
const references = readdirSync("test/reference", { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
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
  outdir: target,
  entryPoints: { "service-worker": "src/web/page/service-worker.ts" },
  define: {
    VERSION: JSON.stringify(`${version} ${hash.digest("hex").slice(0, 16)}`),
    FILES: JSON.stringify(["./", ...paths]),
  },
});
