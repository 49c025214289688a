import { cpSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Command, CommanderError } from "commander";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseAssignments } from "../../src/model/overrides.ts";
import { entryFromLine } from "../../src/timeline/entry-line.ts";
import { shell, temporaryFolder } from "./command.ts";

const project = new URL("../../", import.meta.url).pathname;

/** Pages of the documentation; those of docs/how-to are followed literally by tests of their own. */
const pages = ["", "docs", ".github"].flatMap((folder) =>
  readdirSync(join(project, folder), { recursive: folder !== "", encoding: "utf8" })
    .map((path) => join(folder, path))
    .filter((path) => path.endsWith(".md") && !/CHANGELOG|how-to/.test(path)),
);

interface CommandLine {
  readonly words: readonly string[];
  /** True if it stands within a sentence, where it may be a name without arguments. */
  readonly isInline: boolean;
}

/** A line of shell up to its redirection, or to a comment or explanation, in words. */
const wordsOf = (line: string): string[] =>
  Array.from(
    line.replace(/( {2,}| [>|#] ).*$/, "").matchAll(/(?:[^\s"']|"[^"]*"|'[^']*')+/g),
    // Of alternatives, as in `--format csv|npz`, the first; a number for what stands for one.
    ([word]) =>
      word
        .replace(/^(\w+)\|.*$/, "$1")
        .replace(/^(ROW|N)$/, "1")
        .replace(/"([^"]*)"|'([^']*)'/g, "$1$2"),
  );

/** Command lines in the code of a page, without the command's name. */
const commandLines = (page: string): CommandLine[] =>
  Array.from(page.matchAll(/```\w*\n([\s\S]*?)```|`([^`\n]+)`/g)).flatMap(([, block, inline]) =>
    (block ?? inline!)
      .replace(/\\\n\s*/g, "")
      .split("\n")
      .filter((line) => line.startsWith("isocortex ") && !/…|COMMAND|PRESET/.test(line))
      .map((line) => ({ words: wordsOf(line).slice(1), isInline: block === undefined })),
  );

/** A command that only reads its line, with all values in it. */
function unarmed(command: Command): Command {
  command.commands.forEach(unarmed);
  return command
    .exitOverride()
    .configureOutput({ writeErr: () => {} })
    .action((...given: unknown[]) => {
      const { set = [], add = [] } = given.at(-2) as { set?: string[]; add?: string[] };
      parseAssignments(set);
      for (const entry of add) entryFromLine(entry);
    });
}

async function read([name, ...words]: readonly string[]): Promise<void> {
  const { defineCommand } = await import(`../../src/cli/${name}.ts`);
  const command = new Command(name);
  await defineCommand(command);
  await unarmed(command).parseAsync(words, { from: "user" });
}

async function faultOf({ words, isInline }: CommandLine): Promise<string | undefined> {
  if (words[0]!.startsWith("-")) return undefined;
  try {
    await read(words);
    return undefined;
  } catch (error) {
    const isName = error instanceof CommanderError && /missing/i.test(error.code);
    return isInline && isName ? undefined : `${words.join(" ")}: ${(error as Error).message}`;
  }
}

describe("documented command lines", () => {
  const subcommands = readdirSync(join(project, "src/cli/sweep")).map((name) =>
    name.slice(0, -".ts".length),
  );

  // Commands load the subcommands that the process's own command line names.
  beforeAll(() => process.argv.push(...subcommands));
  afterAll(() => process.argv.splice(-subcommands.length));

  it.each(pages)("of %s have arguments, options and values that exist", async (path) => {
    const lines = commandLines(readFileSync(join(project, path), "utf8"));
    const faults = [];
    for (const line of lines) faults.push(await faultOf(line));
    expect(faults.filter((fault) => fault !== undefined)).toEqual([]);
  });

  it("are many", () => {
    const all = pages.flatMap((path) => commandLines(readFileSync(join(project, path), "utf8")));
    expect(all.length).toBeGreaterThan(150);
  });
});

it("the quick command lines of the README and of docs/experiments.md run as shown", async () => {
  const cwd = temporaryFolder();
  cpSync(join(project, "examples"), join(cwd, "examples"), { recursive: true });
  const shown = ["README.md", "docs/experiments.md", "docs/sweeps.md"].map((path) =>
    readFileSync(join(project, path), "utf8"),
  );
  const quick = /^isocortex (list|show \S+ >|check mine|sweep \S+ --dry-run)/;
  const lines = new Set(
    shown
      .flatMap((page) => page.split("\n").filter((line) => quick.test(line)))
      .map((line) => line.replace(/ {2,}.*$/, "")),
  );
  const { code, stdout, stderr } = await shell([...lines].join(" && "), { cwd });
  // Plans of studies list the seeds that the paper's replicates share.
  expect(stderr.split("\n").filter((line) => !/^note: |^$/.test(line))).toEqual([]);
  expect(code).toBe(0);
  expect(lines.size).toBeGreaterThan(4);
  expect(stdout).toContain("training-with-scaling-quick");
});
