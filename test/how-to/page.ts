import { execFileSync, execSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";

const project = new URL("../../", import.meta.url).pathname;

/** What a copy of the sources needs to be built and tested. */
const needed = ["src", "test", "scripts", "package.json", "tsconfig.json", "tsconfig.build.json"];

/** Blocks of code of a page, by their language. */
const blocksOf = (text: string, language: string): string[] =>
  Array.from(text.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm))
    .filter(([, one]) => one === language)
    .map(([, , code]) => code!);

/**
 * Follows a how-to page literally in a copy of the sources: applies its diffs, then runs its
 * commands; the copy's folder.
 */
export function followPage(name: string): string {
  const text = readFileSync(join(project, "docs/how-to", `${name}.md`), "utf8");
  const copy = mkdtempSync(join(tmpdir(), "isocortex-how-to-"));
  afterAll(() => rmSync(copy, { recursive: true, force: true }));
  for (const path of [...needed, "vitest.config.ts"]) {
    cpSync(join(project, path), join(copy, path), { recursive: true });
  }
  symlinkSync(join(project, "node_modules"), join(copy, "node_modules"));
  const options = { cwd: copy, stdio: "pipe" } as const;
  for (const diff of blocksOf(text, "diff")) {
    execFileSync("git", ["apply", "-"], { ...options, input: diff });
  }
  for (const commands of blocksOf(text, "sh")) {
    for (const line of commands.trim().split("\n")) execSync(line, options);
  }
  return copy;
}
