import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, vi } from "vitest";
import { runCommandLine } from "../../src/cli/command-line.ts";
import { firstFailure } from "../../src/cli/first-failure.ts";

/** The compiled command. */
export const commandPath = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));

export interface CommandResult {
  /** Exit code, or the signal that ended the process. */
  readonly code: number | NodeJS.Signals;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CommandOptions {
  /** Working directory. */
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Told of the process once it runs. */
  readonly onStart?: (process: ChildProcess) => void;
}

/** Runs the compiled command to its end; its output is not a terminal. */
export function isocortex(
  args: readonly string[],
  options: CommandOptions,
): Promise<CommandResult> {
  return runProgram(commandPath, args, options);
}

/**
 * Runs a command that begins nothing within this process, of which another one would take ten times
 * as long: one that is refused, or prints what the program knows.
 */
export async function inThisProcess(
  args: readonly string[],
  { cwd }: Pick<CommandOptions, "cwd">,
): Promise<CommandResult> {
  const before = { argv: process.argv, cwd: process.cwd(), exitCode: process.exitCode };
  const output = { stdout: "", stderr: "" };
  const capture = (name: "stdout" | "stderr") =>
    vi.spyOn(process[name], "write").mockImplementation((text: unknown) => {
      output[name] += text;
      return true;
    });
  const streams = [capture("stdout"), capture("stderr")];
  try {
    process.chdir(cwd);
    process.argv = [process.execPath, commandPath, ...args];
    process.exitCode = undefined;
    const heeded = process.listenerCount("SIGINT");
    await runCommandLine(firstFailure());
    expect(process.listenerCount("SIGINT"), "signals heeded after the command").toBe(heeded);
    return { code: Number(process.exitCode ?? 0), ...output };
  } finally {
    for (const stream of streams) stream.mockRestore();
    process.argv = before.argv;
    process.exitCode = before.exitCode;
    process.chdir(before.cwd);
  }
}

/** Runs another program of JavaScript to its end. */
export function runProgram(
  path: string,
  args: readonly string[],
  options: CommandOptions,
): Promise<CommandResult> {
  return runProcess(process.execPath, [path, ...args], options);
}

/** Runs a line of shell, in which `isocortex` is the compiled command. */
export function shell(line: string, options: CommandOptions): Promise<CommandResult> {
  const define = `isocortex() { "${process.execPath}" "${commandPath}" "$@"; }`;
  return runProcess("bash", ["-c", `set -o pipefail; ${define}; ${line}`], options);
}

function runProcess(
  file: string,
  args: readonly string[],
  { cwd, env = {}, onStart }: CommandOptions,
): Promise<CommandResult> {
  if (!existsSync(commandPath)) {
    throw new Error(`${commandPath} does not exist: run "npm run build" first.`);
  }
  const child = spawn(file, args, { cwd, env: { ...process.env, ISOCORTEX_DEBUG: "", ...env } });
  const output = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output.stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    output.stderr += text;
  });
  onStart?.(child);
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => resolve({ code: code ?? signal!, ...output }));
  });
}

/** An empty folder that is deleted at the end of the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "isocortex-cli-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Paths of all files and folders in a folder, at any depth. */
export const everythingIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: "utf8" }).sort();

/** Changes that make any experiment last two seconds, with four samples. */
export const twoSeconds = [
  "baselineDurationS=2",
  "learningDurationS=0",
  "recallDurationS=0",
  "samplingStartMs=500",
  "samplingIntervalMs=500",
].flatMap((assignment) => ["--set", assignment]);
