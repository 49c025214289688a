import { createHash } from "node:crypto";
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeSync,
} from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { inTurns } from "../host/turns.ts";
import { overviewSteps } from "../overview/building.ts";
import { runFiles } from "../recording/run-files.ts";
import { openRun } from "../runs/opening.ts";
import { systemReason } from "../store/errors.ts";
import { removeLeftovers, temporaryPath } from "../store/replacement.ts";
import { FolderStore } from "../store/run-folder.ts";

/** Folder of overviews: in the user's cache, as records are only read. */
function cacheFolder(): string {
  const base = process.env["XDG_CACHE_HOME"] || join(homedir(), ".cache");
  return join(base, "isocortex", "overviews");
}

/** Largest size of all overviews together; the least recently used are deleted first. */
const MOST_BYTES = 4e9;

/** The overview of a growing record is made anew at most so often, ms, or a part of the time. */
const SHORTEST_PAUSE_MS = 2000;
const MOST_WORK = 0.2;

/** An overview that is complete, as a file or, where none can be written, in memory. */
export interface KeptOverview {
  readonly stamp: string;
  readonly content: { readonly file: string } | { readonly bytes: Uint8Array };
}

/** State of a run's overview. */
export interface OverviewState {
  readonly kept: KeptOverview | undefined;
  /** True if the kept overview is of the record as it is now. */
  readonly isCurrent: boolean;
  /** The part of the work that is done, while it is made. */
  readonly progress: number | undefined;
  /** Reason why it cannot be made or stored. */
  readonly problem: string | undefined;
}

interface Work {
  kept: KeptOverview | undefined;
  progress: number | undefined;
  problem: string | undefined;
  endedMs: number;
  tookMs: number;
}

/** Makes overviews of runs and keeps them until their records change. */
export class OverviewCache {
  readonly #folder: string;
  readonly #works = new Map<string, Work>();
  readonly #ended = new AbortController();

  constructor(folder = cacheFolder()) {
    this.#folder = folder;
  }

  /** State of a run's overview; it is begun if there is none of the current record. */
  stateOf(directory: string): OverviewState {
    const work = this.#works.get(directory) ?? this.#begun(directory);
    if (work.progress !== undefined) return { ...work, isCurrent: false };
    const stamp = stampOf(directory);
    if (work.kept?.stamp === stamp) return { ...work, isCurrent: true };
    const place = this.#place(directory, stamp);
    if (existsSync(place)) {
      work.kept = { stamp, content: { file: place } };
      work.problem = undefined;
      attempt(() => utimesSync(place, new Date(), new Date()));
      return { ...work, isCurrent: true };
    }
    const pauseMs = Math.max(SHORTEST_PAUSE_MS, work.tookMs / MOST_WORK);
    if (performance.now() - work.endedMs >= pauseMs) void this.#make(directory, stamp, work);
    return { ...work, isCurrent: false };
  }

  /** Ends all work. */
  close(): void {
    this.#ended.abort();
  }

  #begun(directory: string): Work {
    const work: Work = {
      kept: undefined,
      progress: undefined,
      problem: undefined,
      endedMs: Number.NEGATIVE_INFINITY,
      tookMs: 0,
    };
    this.#works.set(directory, work);
    return work;
  }

  async #make(directory: string, stamp: string, work: Work): Promise<void> {
    const beganMs = performance.now();
    work.progress = 0;
    try {
      const content = await this.#written(directory, stamp, work);
      work.kept = { stamp, content };
    } catch (error) {
      work.problem = error instanceof Error ? error.message : String(error);
    }
    work.progress = undefined;
    work.endedMs = performance.now();
    work.tookMs = work.endedMs - beganMs;
  }

  /** Writes an overview to a file, or where that fails, to memory. */
  async #written(directory: string, stamp: string, work: Work): Promise<KeptOverview["content"]> {
    work.problem = undefined;
    let file: CacheFile;
    try {
      mkdirSync(this.#folder, { recursive: true });
      removeLeftovers(this.#folder);
      file = new CacheFile(temporaryPath(this.#folder));
    } catch (error) {
      return this.#remembered(directory, work, error);
    }
    try {
      await this.#counted(directory, work, (at, bytes) => file.write(at, bytes));
      const place = this.#place(directory, stamp);
      file.keep(place);
      this.#prune(place);
      return { file: place };
    } catch (error) {
      file.discard();
      if (!(error instanceof CacheError)) throw error;
      return this.#remembered(directory, work, error.cause);
    }
  }

  async #remembered(directory: string, work: Work, error: unknown) {
    const parts: { at: number; bytes: Uint8Array }[] = [];
    await this.#counted(directory, work, (at, bytes) => parts.push({ at, bytes }));
    const bytes = new Uint8Array(
      parts.reduce((most, { at, bytes }) => Math.max(most, at + bytes.length), 0),
    );
    for (const part of parts) bytes.set(part.bytes, part.at);
    const reason = systemReason(error) ?? String(error);
    work.problem = `The overview is not kept in ${this.#folder} for the next time: ${reason}`;
    return { bytes };
  }

  #counted(
    directory: string,
    work: Work,
    write: (at: number, bytes: Uint8Array) => void,
  ): Promise<unknown> {
    const run = openRun(directory);
    const steps = overviewSteps(new FolderStore(directory), run, write);
    return inTurns(steps, this.#ended.signal, (progress) => {
      work.progress = progress;
    });
  }

  #place(directory: string, stamp: string): string {
    return join(this.#folder, `${hash(realpathSync(directory))}-${hash(stamp)}.counts`);
  }

  /** Deletes earlier overviews of the same run, and those used longest ago where there are many. */
  #prune(kept: string): void {
    attempt(() => {
      const [key] = kept.slice(this.#folder.length + 1).split("-");
      const files = readdirSync(this.#folder)
        .filter((name) => name.endsWith(".counts"))
        .map((name) => ({ name, path: join(this.#folder, name) }))
        .filter(({ path }) => path !== kept)
        .map((file) => ({ ...file, ...sizeAndTime(file.path) }))
        .sort((a, b) => b.usedMs - a.usedMs);
      let bytes = statSync(kept).size;
      for (const { name, path, size } of files) {
        bytes += size;
        if (name.startsWith(`${key}-`) || bytes > MOST_BYTES) rmSync(path, { force: true });
      }
    });
  }
}

const sizeAndTime = (path: string) => {
  const { size, mtimeMs } = statSync(path);
  return { size, usedMs: mtimeMs };
};

/** Does what may fail without harm. */
function attempt(work: () => void): void {
  try {
    work();
  } catch {
    // The cache is as it was.
  }
}

const hash = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 24);

const stamped = [runFiles.spikes, runFiles.samples, runFiles.gains, runFiles.events] as const;

/** Fingerprint of a record, different as soon as it changes. */
function stampOf(directory: string): string {
  const states = stamped.map((path) => {
    const found = statSync(join(directory, path), { throwIfNoEntry: false });
    return `${found?.size} ${found?.mtimeMs} ${found?.ino}`;
  });
  return hash(states.join(", "));
}

/** The cache cannot be written. */
class CacheError extends Error {
  override readonly name = "CacheError";
}

/** A file that is filled in any order, and only then has its name. */
class CacheFile {
  readonly #path: string;
  readonly #file: number;

  constructor(path: string) {
    this.#path = path;
    this.#file = openSync(path, "wx", 0o600);
  }

  write(at: number, bytes: Uint8Array): void {
    this.#attempt(() => {
      for (let done = 0; done < bytes.length; ) {
        done += writeSync(this.#file, bytes, done, bytes.length - done, at + done);
      }
    });
  }

  keep(path: string): void {
    this.#attempt(() => {
      closeSync(this.#file);
      renameSync(this.#path, path);
    });
  }

  discard(): void {
    attempt(() => closeSync(this.#file));
    attempt(() => rmSync(this.#path, { force: true }));
  }

  #attempt(work: () => void): void {
    try {
      work();
    } catch (cause) {
      throw new CacheError("The cache cannot be written.", { cause });
    }
  }
}
