// Compiles src/ to dist/ and makes the command executable.
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

rmSync("dist", { recursive: true, force: true });
const { status } = spawnSync("npx", ["--no-install", "tsc", "-p", "tsconfig.build.json"], {
  stdio: "inherit",
  shell: process.platform === "win32",
});
if (status !== 0) process.exit(status ?? 1);

// The compiler rewrites imports of ".ts" in code, but not in declarations.
for (const name of readdirSync("dist", { recursive: true, encoding: "utf8" })) {
  if (!name.endsWith(".d.ts")) continue;
  const path = join("dist", name);
  const text = readFileSync(path, "utf8");
  writeFileSync(path, text.replace(/(from |import\()"(\.[^"]*)\.ts"/g, '$1"$2.js"'));
}
chmodSync("dist/cli/main.js", 0o755);

// The presets are shipped as files, too: what isocortex show prints of each.
const { experimentText, presetExperiment, presets } = await import("../dist/index.js");
mkdirSync("dist/experiments");
for (const { name } of presets) {
  writeFileSync(`dist/experiments/${name}.yaml`, experimentText(presetExperiment(name)));
}
