import { vi } from "vitest";

/** How file operations fail: the disk is full from one on, or the process is gone. */
export type Failure = "full disk" | "death";

/** What the file system does to those who change files, in one test file. */
export interface FaultPlan {
  /** Number of the operation that fails, from 1. */
  failAt: number;
  failure: Failure;
  /** The system's code for a full disk; by default ENOSPC. */
  code?: string;
  /** Operations so far. */
  operations: number;
}

type FileSystem = typeof import("node:fs");

const changing = [
  "openSync",
  "writeFileSync",
  "writeSync",
  "fsyncSync",
  "fdatasyncSync",
  "ftruncateSync",
  "renameSync",
  "rmSync",
  "mkdirSync",
] as const;

/** What goes on while a disk is full. */
const harmless: readonly string[] = ["ftruncateSync", "rmSync", "renameSync"];

/** A file system in which operations fail as planned. */
export function failingFileSystem(fs: FileSystem, plan: FaultPlan): FileSystem {
  const guarded = changing.map((name) => {
    const operation = fs[name] as (...args: unknown[]) => unknown;
    const guard = (...args: unknown[]) => {
      // Who only reads, or opens a folder to sync it, is not disturbed.
      if (name === "openSync" && (args[1] ?? "r") === "r") return operation(...args);
      plan.operations += 1;
      if (plan.operations < plan.failAt) return operation(...args);
      if (plan.failure === "full disk" && harmless.includes(name)) return operation(...args);
      if (name === "writeSync") writeHalf(fs, args);
      const code = plan.failure === "full disk" ? (plan.code ?? "ENOSPC") : "EDEAD";
      throw Object.assign(new Error(`${code}: planned, ${name}`), { code });
    };
    return [name, vi.fn(guard)];
  });
  return { ...fs, ...Object.fromEntries(guarded) };
}

function writeHalf(fs: FileSystem, [file, bytes, offset = 0]: unknown[]): void {
  if (!(bytes instanceof Uint8Array)) return;
  const rest = bytes.subarray(offset as number);
  fs.writeSync(file as number, rest, 0, Math.floor(rest.length / 2));
}
