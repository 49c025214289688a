// Installs the locked dependencies when they are missing or older than the lock file,
// so that `npm start` and `npm test` work in a bare clone.
import { spawnSync } from "node:child_process";
import { statSync } from "node:fs";

const modifiedMs = (path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;

if (modifiedMs("node_modules/.package-lock.json") < modifiedMs("package-lock.json")) {
  console.error("Installing dependencies (npm ci) …");
  const { status } = spawnSync("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], {
    stdio: ["ignore", "inherit", "inherit"],
    shell: process.platform === "win32",
  });
  process.exit(status ?? 1);
}
