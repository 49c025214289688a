import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { DamagedFileError } from "../../recording/errors.ts";
import { textOf } from "../../recording/record-presence.ts";
import { makeFolders } from "../../store/folder-creation.ts";
import { Lease, RunInUseError } from "../../store/lease.ts";
import { FolderStore } from "../../store/run-folder.ts";
import { tasksChecksum } from "../../study/folder.ts";
import type { StudyScript } from "./jobs.ts";
import { type RoundRecord, readRoundRecord, roundText } from "./round-record.ts";

/** In a study's directory: what was submitted to a scheduler, a folder a round. */
const ROUNDS_FOLDER = "jobs";

const RECORD_FILE = "jobs.json";

/** Folder for the output of jobs. */
const LOG_FOLDER = "logs";

/** Holds a study's rounds. */
const roundsFolder = (directory: string): string => join(directory, ROUNDS_FOLDER);

/** A round's own folder. */
export const roundFolder = (directory: string, round: number): string =>
  join(roundsFolder(directory), String(round).padStart(4, "0"));

/** Time to wait for another process's lease, longer than an abandoned one lasts, ms. */
const PATIENCE_MS = 90_000;

const RETRY_INTERVAL_MS = 1000;

/**
 * Does something with a study's rounds as the only process that does. Another one is waited for, be
 * it at work or gone with its computer.
 *
 * @throws {RunInUseError} when it is still at work after 90 s
 */
export async function withRounds<T>(directory: string, work: () => Promise<T>): Promise<T> {
  const lease = await acquire(roundsFolder(directory), performance.now() + PATIENCE_MS);
  try {
    return await work();
  } finally {
    lease.release();
  }
}

async function acquire(folder: string, untilMs: number): Promise<Lease> {
  for (;;) {
    try {
      return await Lease.acquire(folder);
    } catch (error) {
      if (!(error instanceof RunInUseError) || performance.now() > untilMs) throw error;
      await delay(RETRY_INTERVAL_MS);
    }
  }
}

/** The records of a study's rounds, the oldest first, and what is wrong with others. */
export interface Rounds {
  readonly records: readonly RoundRecord[];
  /** A sentence for each record that is damaged or another study's: what became of its jobs is not known. */
  readonly damage: readonly string[];
}

export function readRounds(directory: string): Rounds {
  const records: RoundRecord[] = [];
  const damage: string[] = [];
  for (const round of roundNumbers(directory)) {
    const found = readRound(directory, round);
    if (typeof found === "object") records.push(found);
    else if (found !== undefined)
      damage.push(`${join(roundFolder(directory, round), RECORD_FILE)}: ${found}`);
  }
  return { records, damage };
}

/** A round's record, or what is wrong with it; undefined where there is none. */
function readRound(directory: string, round: number): RoundRecord | string | undefined {
  try {
    const text = textOf(new FolderStore(roundFolder(directory, round)), RECORD_FILE);
    const record = text === undefined ? undefined : readRoundRecord(text);
    if (typeof record !== "object") return record;
    if (record.round !== round) return `it is of round ${record.round}`;
    const own = tasksChecksum(directory, record.planNumber);
    const isOwn = (record.tasksCrc32 ?? own) === own;
    return isOwn ? record : "it is of another study";
  } catch (error) {
    if (error instanceof DamagedFileError) return error.reason;
    throw error;
  }
}

/**
 * The newest of a study's rounds whose record is intact. Jobs of others may be under way, unknown;
 * that does no harm, as no two processes do the same run.
 */
export function latestRound(
  directory: string,
  { onNote }: { readonly onNote: (text: string) => void },
): RoundRecord | undefined {
  const { records, damage } = readRounds(directory);
  for (const sentence of damage) onNote(`${sentence}; its jobs are not known.`);
  return records.at(-1);
}

/** The number of a round that has no folder yet. */
export const nextRound = (directory: string): number => Math.max(0, ...roundNumbers(directory)) + 1;

function roundNumbers(directory: string): number[] {
  const folder = roundsFolder(directory);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => /^\d{4,}$/.test(name))
    .map(Number)
    .sort((a, b) => a - b);
}

/** Writes a round's scripts and their rows. */
export function writeScripts(folder: string, scripts: readonly StudyScript[]): void {
  makeFolders(join(folder, LOG_FOLDER));
  const store = new FolderStore(folder);
  const replace = (file: string, text: string) =>
    store.replace(file, new TextEncoder().encode(text));
  for (const { file, text, rows } of scripts) {
    if (rows) replace(rows.file, `${rows.indices.join("\n")}\n`);
    replace(file, text);
  }
}

export function writeRound(folder: string, record: RoundRecord): void {
  new FolderStore(folder).replace(RECORD_FILE, new TextEncoder().encode(roundText(record)));
}
