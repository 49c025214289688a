import { createHash } from "node:crypto";
import {
  closeSync,
  constants,
  createReadStream,
  fstatSync,
  fsyncSync,
  openSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  rmSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { attempt } from "./errors.ts";
import { isFolder, isRegularFile } from "./file-entry.ts";
import { removeLeftovers, writeAll } from "./replacement.ts";

/**
 * In a folder of figures, tables or exports: a line for each file that the program has written
 * there, its SHA-256 and its name, as sha256sum has them. What such a line fits was written by the
 * program and not changed since, so that the program may replace or delete it. Lines are only added,
 * so that processes that write to one folder at once do not lose each other's.
 */
export const ledgerFile = ".isocortex.sha256";

/** SHA-256 of a file, hexadecimal. */
export async function fileChecksum(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const piece of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(piece);
  return hash.digest("hex");
}

/** True if something is a regular file that the program wrote, and nobody changed since. */
export async function isOwnOutput(path: string): Promise<boolean> {
  if (!isRegularFile(path)) return false;
  const lines = () => ledgerText(dirname(path)).split("\n");
  const name = escaped(basename(path));
  if (!lines().some((line) => line.endsWith(`  ${name}`))) return false;
  // Read after the file: another process notes what it is about to put there.
  const line = lineOf(path, await fileChecksum(path));
  return lines().includes(line);
}

/** Lines for files with these checksums that are not in the ledgers yet, by folder. */
export function newLines(checksums: ReadonlyMap<string, string>): Map<string, string> {
  const added = new Map<string, string>();
  for (const [path, checksum] of checksums) {
    const folder = dirname(path);
    const ledger = ledgerText(folder);
    const line = lineOf(path, checksum);
    if (ledger.split("\n").includes(line)) continue;
    // A power failure may have torn the last line.
    const start = ledger === "" || ledger.endsWith("\n") ? "" : "\n";
    added.set(folder, `${added.get(folder) ?? start}${line}\n`);
  }
  return added;
}

/** Adds lines to ledgers, durably. */
export function addLines(lines: ReadonlyMap<string, string>): void {
  for (const [folder, text] of lines) {
    const path = join(folder, ledgerFile);
    attempt("write to", path, () => addText(path, text));
  }
}

function addText(path: string, text: string): void {
  const { O_APPEND, O_CREAT, O_WRONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants;
  // Neither is anything written where a link leads, nor a pipe's reader waited for.
  const flags = O_APPEND | O_CREAT | O_WRONLY | O_NOFOLLOW | O_NONBLOCK;
  const ledger = openSync(path, flags, 0o666);
  try {
    if (!fstatSync(ledger).isFile()) throw Object.assign(new Error(), { code: "ENXIO" });
    writeAll(ledger, Buffer.from(text));
    fsyncSync(ledger);
  } finally {
    closeSync(ledger);
  }
}

/** Deletes the ledgers that hold nothing but these lines, of files that came to nothing. */
export function forgetLines(lines: ReadonlyMap<string, string>): void {
  for (const [folder, text] of lines) {
    // Of a line that could not be written, there may be a part.
    const path = join(folder, ledgerFile);
    if (isRegularFile(path) && text.startsWith(ledgerText(folder))) rmSync(path, { force: true });
  }
}

/**
 * Deletes what the program wrote in a folder and in those inside it, and the folders that are empty
 * then. Links are not followed.
 *
 * @returns paths inside the folder of what stays: others wrote it, or changed it
 */
export async function removeOutputs(folder: string): Promise<string[]> {
  if (!isFolder(folder)) return [];
  removeLeftovers(folder);
  const left: string[] = [];
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (isFolder(path)) {
      const inside = await removeOutputs(path);
      left.push(...inside.map((inner) => `${name}/${inner}`));
    } else if (await isOwnOutput(path)) rmSync(path, { force: true });
    else if (name !== ledgerFile) left.push(name);
  }
  if (left.length === 0) rmSync(join(folder, ledgerFile), { force: true });
  if (readdirSync(folder).length === 0) rmdirSync(folder);
  return left;
}

function ledgerText(folder: string): string {
  const path = join(folder, ledgerFile);
  return isRegularFile(path) ? readFileSync(path, "utf8") : "";
}

const lineOf = (path: string, checksum: string): string => {
  const name = basename(path);
  return `${escaped(name) === name ? "" : "\\"}${checksum}  ${escaped(name)}`;
};

/** A name as sha256sum writes it. */
const escaped = (name: string): string => name.replaceAll("\\", "\\\\").replaceAll("\n", "\\n");
