import { execFileSync, execSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const project = new URL("../../", import.meta.url).pathname;

/** What a copy of the sources needs to be built and tested. */
const needed = [
  ...["src", "test", "scripts", "package.json"],
  ...["tsconfig.json", "tsconfig.build.json", "vitest.config.ts"],
];

/** Blocks of code of a page, by their language. */
const blocksOf = (text: string, language: string): string[] =>
  Array.from(text.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm))
    .filter(([, one]) => one === language)
    .map(([, , code]) => code!);

/**
 * Follows how-to pages literally in a copy of the sources: applies the diffs of all, one page after
 * the other, then runs their commands, each once; the copy's folder.
 */
export function followPages(names: readonly string[]): string {
  const texts = names.map((name) =>
    readFileSync(join(project, "docs/how-to", `${name}.md`), "utf8"),
  );
  const copy = mkdtempSync(join(tmpdir(), "isocortex-how-to-"));
  for (const path of needed) cpSync(join(project, path), join(copy, path), { recursive: true });
  symlinkSync(join(project, "node_modules"), join(copy, "node_modules"));
  const options = { cwd: copy, stdio: "pipe" } as const;
  for (const diff of texts.flatMap((text) => blocksOf(text, "diff"))) {
    execFileSync("git", ["apply", "-"], { ...options, input: diff });
  }
  const lines = texts.flatMap((text) => blocksOf(text, "sh").join("").trim().split("\n"));
  for (const line of eachOnce(lines)) execSync(line, options);
  return copy;
}

const testing = "npx vitest run ";

/** Lines of several pages, what is built before what is run, and all tests in one line. */
function eachOnce(lines: readonly string[]): string[] {
  const tests = lines.flatMap((line) =>
    line.startsWith(testing) ? line.slice(testing.length) : [],
  );
  const rank = (line: string) => ["npm run build:kernel", "npm run build"].indexOf(line);
  const [builds, others] = [true, false].map((isBuild) =>
    lines.filter((line) => rank(line) >= 0 === isBuild && !line.startsWith(testing)),
  );
  builds!.sort((a, b) => rank(a) - rank(b));
  return [...new Set(builds), `${testing}${tests.join(" ")}`, ...others!];
}
