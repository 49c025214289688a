import { closeSync, fstatSync, futimesSync, rmSync, statSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { isAlive, processScope } from "../host/process-scope.ts";
import { attempt } from "./errors.ts";
import { makeFolders } from "./folder-creation.ts";
import {
  checkLease,
  createLease,
  type Holder,
  heartbeatOf,
  leasePath,
  readHolder,
  tokensIfAny,
  tokensIn,
} from "./lease-file.ts";
import { removeLeftovers } from "./replacement.ts";

/** Interval at which a holder renews its lease, ms. */
const HEARTBEAT_MS = 5000;

/** Without a heartbeat for so long, a lease may be abandoned, ms. */
const SILENCE_MS = 60_000;

/** Time for which a possibly abandoned lease is watched, ms: more than two heartbeats. */
const WATCH_MS = 12_000;

/** Another process is at work on a run. */
export class RunInUseError extends Error {
  override readonly name = "RunInUseError";
}

/** This process is no longer the one that may write to a run. */
export class LeaseLostError extends Error {
  override readonly name = "LeaseLostError";

  constructor(directory: string, isTakenOver: boolean) {
    const reason = isTakenOver
      ? `Another process has taken over ${directory}, because this one did not renew its lease ` +
        `for ${SILENCE_MS / 1000} s.`
      : `${directory} was deleted, moved or replaced while this process was writing to it.`;
    super(`${reason} This process has stopped and written nothing since.`);
  }
}

/** Options for watching another process's lease. */
export interface AcquireOptions {
  /** Time for which a possibly abandoned lease is watched, ms. */
  readonly watchMs?: number;
  /** Listener to the beginning of the watch. */
  readonly onWatch?: (text: string) => void;
  /** Ends the watching. */
  readonly signal?: AbortSignal;
}

/**
 * The right to write to a run's directory, which one process has at a time.
 *
 * It is a file `lease-TOKEN.json` that tells who holds it; its time of change is the heartbeat. Of
 * several, the highest token counts: whoever takes over an abandoned lease creates the next one,
 * which can succeed only once. A holder that was asleep meanwhile finds this out when it checks.
 * No clock alone makes a lease an abandoned one, nor keeps it: what counts is that it beats.
 */
export class Lease {
  readonly directory: string;
  readonly token: number;
  readonly #path: string;
  readonly #file: number;
  readonly #heart: NodeJS.Timeout;

  private constructor(directory: string, token: number, file: number) {
    this.directory = directory;
    this.token = token;
    this.#path = leasePath(directory, token);
    this.#file = file;
    this.#heart = setInterval(() => this.#beat(), HEARTBEAT_MS);
    this.#heart.unref();
  }

  /**
   * Becomes the one process that may write to a directory, which is made if it does not exist.
   *
   * @throws {RunInUseError} when another one is, and shows signs of life
   */
  static async acquire(directory: string, options: AcquireOptions = {}): Promise<Lease> {
    makeFolders(directory);
    const earlier = tokensIn(directory);
    for (const token of earlier) checkLease(directory, token);
    const abandoned = new Map<number, number | undefined>();
    for (const token of earlier) {
      abandoned.set(token, await refuseIfHeld(directory, token, options));
    }
    const token = Math.max(0, ...earlier) + 1;
    const file = attempt("write to", directory, () => createLease(directory, token));
    if (file === undefined) throw justBegun(directory);
    const lease = new Lease(directory, token, file);
    try {
      // Two that found the same lease abandoned, or none, at different times may both get here. By
      // now, another process may also have a token that was given back after the first look.
      for (const other of tokensIn(directory).filter((one) => one !== token)) {
        const isJudged =
          abandoned.has(other) && heartbeatOf(directory, other) === abandoned.get(other);
        if (!isJudged) await refuseIfHeld(directory, other, options);
        if (other > token) throw justBegun(directory);
        rmSync(leasePath(directory, other), { force: true });
      }
    } catch (error) {
      lease.release();
      throw error;
    }
    removeLeftovers(directory);
    return lease;
  }

  /** @throws {LeaseLostError} when another process has taken over, or the directory is gone */
  check(): void {
    const highest = Math.max(...tokensIfAny(this.directory));
    if (highest > this.token) throw new LeaseLostError(this.directory, true);
    if (this.#isInPlace) return;
    throw new LeaseLostError(this.directory, highest === this.token);
  }

  /** Gives the right back. */
  release(): void {
    clearInterval(this.#heart);
    // Under its name there may be another process's lease by now.
    if (this.#isInPlace) rmSync(this.#path, { force: true });
    closeSync(this.#file);
  }

  /** True if the file is still what its name leads to. */
  get #isInPlace(): boolean {
    const named = statSync(this.#path, { throwIfNoEntry: false });
    const own = fstatSync(this.#file);
    return named?.ino === own.ino && named.dev === own.dev;
  }

  #beat(): void {
    const now = new Date();
    try {
      futimesSync(this.#file, now, now);
    } catch {
      // One missed beat does no harm, and many are noticed by the next check.
    }
  }
}

/** Process that works on a run. */
export interface LeaseHolder {
  readonly pid: number;
  readonly host: string;
}

/** Holder of the lease of a directory, if apparently alive; undefined when nobody does. */
export function leaseHolder(directory: string): LeaseHolder | undefined {
  for (const token of tokensIn(directory).sort((a, b) => b - a)) {
    const holder = readHolder(directory, token);
    if (!holder || isGone(holder)) continue;
    if (isLocal(holder) || isRecent(heartbeatOf(directory, token))) {
      return { pid: holder.pid, host: holder.host };
    }
  }
  return undefined;
}

/** True if a holder's process id means the same here. */
const isLocal = ({ scope }: Holder): boolean => scope === processScope().scope;

const isGone = (holder: Holder): boolean => isLocal(holder) && !isAlive(holder.pid);

/** True if a heartbeat is of this minute, as far as the clocks of holder and observer tell. */
const isRecent = (heartbeatMs: number | undefined): boolean =>
  heartbeatMs !== undefined && Math.abs(Date.now() - heartbeatMs) <= SILENCE_MS;

/**
 * Makes sure that a lease is abandoned. Where it is by the clock, it is watched as well: the clock
 * may have been set, or be another one than the holder's.
 *
 * @returns the heartbeat of the abandoned lease; undefined when the lease is gone
 * @throws {RunInUseError} unless the lease is abandoned
 * @throws {DOMException} "AbortError", when the signal comes
 */
async function refuseIfHeld(
  directory: string,
  token: number,
  { watchMs = WATCH_MS, onWatch, signal }: AcquireOptions,
): Promise<number | undefined> {
  const heartbeatMs = heartbeatOf(directory, token);
  const holder = readHolder(directory, token);
  if (heartbeatMs === undefined || (holder && isGone(holder))) return heartbeatMs;
  const who = holder ? `process ${holder.pid} on ${holder.host}` : "a process that has just begun";
  if (isRecent(heartbeatMs)) {
    const silentS = Math.max(0, Math.round((Date.now() - heartbeatMs) / 1000));
    throw inUse(directory, `${who}, with a lease last renewed ${silentS} s ago`);
  }
  onWatch?.(`${directory} may be in use by ${who}: waiting ${watchMs / 1000} s for a renewal.`);
  await delay(watchMs, undefined, { signal }).catch(() => signal?.throwIfAborted());
  const laterMs = heartbeatOf(directory, token);
  if (laterMs === undefined || laterMs === heartbeatMs) return laterMs;
  throw inUse(directory, `${who}, whose clock differs from this computer's`);
}

const inUse = (directory: string, who: string) =>
  new RunInUseError(
    `${directory} is in use by ${who}. ` +
      `Wait until it ends, or stop it; if it is gone, try again in ${SILENCE_MS / 1000} s.`,
  );

const justBegun = (directory: string) =>
  new RunInUseError(`Another process has just begun to write to ${directory}. Try again.`);
