import { randomUUID } from "node:crypto";
import {
  closeSync,
  fsyncSync,
  linkSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { processScope } from "../host/process-scope.ts";
import { timestamp } from "../host/system-clock.ts";
import { RunLocationError } from "../recording/errors.ts";
import { entryAt, isRegularFile, unlessGone } from "./file-entry.ts";
import { temporaryPath } from "./replacement.ts";

const holderSchema = z.object({
  /** Order of holders: the later one may write. */
  token: z.int().positive(),
  id: z.string(),
  pid: z.int(),
  /** Scope of the pid; see `processScope`. */
  scope: z.string(),
  host: z.string(),
  startedAt: z.string(),
});

/** Process that holds a lease, as its file says. */
export type Holder = z.infer<typeof holderSchema>;

/** Path of the lease of a directory with a token. */
export const leasePath = (directory: string, token: number): string =>
  join(directory, `lease-${String(token).padStart(6, "0")}.json`);

const filePattern = /^lease-(\d{6,})\.json$/;

/** True if a name is that of a lease. */
export const isLeaseFile = (name: string): boolean => filePattern.test(name);

/** True if a text is that of a lease, be it not written to its end. */
export function isLease(text: string): boolean {
  const dense = text.slice(0, 40).replaceAll(/\s/g, "");
  return dense.startsWith('{"token":'.slice(0, dense.length));
}

/** @throws {RunLocationError} when a file has the name of a lease and is none */
export function checkLease(directory: string, token: number): void {
  const path = leasePath(directory, token);
  const text = unlessGone(() => (isRegularFile(path) ? readFileSync(path, "utf8") : undefined));
  if (text !== undefined ? isLease(text) : entryAt(path) === undefined) return;
  throw new RunLocationError(
    `${path} has the name of a lease but was not written by isocortex: move it away.`,
  );
}

/** The tokens of a directory that may have been deleted. */
export function tokensIfAny(directory: string): number[] {
  try {
    return tokensIn(directory);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return [];
    throw error;
  }
}

/** The tokens of the leases in a directory. */
export function tokensIn(directory: string): number[] {
  return readdirSync(directory).flatMap((name) => {
    const token = filePattern.exec(name)?.[1];
    return token === undefined ? [] : [Number(token)];
  });
}

/**
 * Creates the file of a lease and leaves it open; undefined if another process has created it. The file
 * takes its name after its contents are complete, so that every lease identifies its holder, even one
 * that is killed during creation.
 */
export function createLease(directory: string, token: number): number | undefined {
  const path = leasePath(directory, token);
  const { host, scope } = processScope();
  const startedAt = timestamp();
  const holder: Holder = { token, id: randomUUID(), pid: process.pid, scope, host, startedAt };
  const text = `${JSON.stringify(holder, null, 2)}\n`;
  const temporary = temporaryPath(directory);
  try {
    const file = writeNew(temporary, text);
    try {
      linkSync(temporary, path);
      return file;
    } catch (error) {
      closeSync(file);
      if (!lacksLinks(error)) throw error;
      return writeNew(path, text);
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    return undefined;
  } finally {
    rmSync(temporary, { force: true });
  }
}

/** Writes a file that must not exist yet; it stays open. */
function writeNew(path: string, text: string): number {
  const file = openSync(path, "wx");
  writeSync(file, text);
  fsyncSync(file);
  return file;
}

/** True if a file system refuses to give a file a second name because it never does. */
const lacksLinks = (error: unknown): boolean =>
  ["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS"].includes(
    (error as NodeJS.ErrnoException).code ?? "",
  );

/**
 * Time at which a holder last showed a sign of life, by its own clock, ms; undefined when the lease
 * is gone.
 */
export const heartbeatOf = (directory: string, token: number): number | undefined =>
  statSync(leasePath(directory, token), { throwIfNoEntry: false })?.mtimeMs;

/** Holder of a lease; undefined while that is being written, or when it is gone. */
export function readHolder(directory: string, token: number): Holder | undefined {
  try {
    return holderSchema.parse(JSON.parse(readFileSync(leasePath(directory, token), "utf8")));
  } catch {
    return undefined;
  }
}
