import { randomUUID } from "node:crypto";
import {
  closeSync,
  fstatSync,
  fsyncSync,
  futimesSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { isAlive, processScope } from "../process-scope.ts";

/** How often a holder shows that it is alive, ms. */
const HEARTBEAT_MS = 5000;

/** Without a heartbeat for so long, a lease counts as abandoned, ms. */
const ABANDONED_MS = 60_000;

/** Another process is at work on a run. */
export class RunInUseError extends Error {
  override readonly name = "RunInUseError";
}

/** This process is no longer the one that may write to a run. */
export class LeaseLostError extends Error {
  override readonly name = "LeaseLostError";

  constructor(directory: string) {
    super(
      `Another process has taken over ${directory}, as this one gave no sign of life for ` +
        `${ABANDONED_MS / 1000} s. This one has stopped; it wrote nothing after that.`,
    );
  }
}

const holderSchema = z.object({
  /** Which of two holders came later, and so may write. */
  token: z.int().positive(),
  id: z.string(),
  pid: z.int(),
  /** Where the pid means something; see `processScope`. */
  scope: z.string(),
  host: z.string(),
  startedAt: z.string(),
});

type Holder = z.infer<typeof holderSchema>;

const fileName = (token: number) => `lease-${String(token).padStart(6, "0")}.json`;
const filePattern = /^lease-(\d{6,})\.json$/;

/** A lease that is being written; a process killed at that moment leaves it behind. */
const temporaryName = (id: string) => `lease-${id}.tmp`;
const temporaryPattern = /^lease-[0-9a-f-]{36}\.tmp$/;

/** Whether a name is that of a lease, or of one in the making. */
export const isLeaseFile = (name: string): boolean =>
  filePattern.test(name) || temporaryPattern.test(name);

/**
 * The right to write to a run's directory, which one process has at a time.
 *
 * It is a file `lease-TOKEN.json` that tells who holds it; its time of change is the heartbeat. Of
 * several, the highest token counts: whoever takes over an abandoned lease creates the next one,
 * which can succeed only once. A holder that was asleep meanwhile finds this out when it checks.
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
    this.#path = join(directory, fileName(token));
    this.#file = file;
    this.#heart = setInterval(() => this.#beat(), HEARTBEAT_MS);
    this.#heart.unref();
  }

  /**
   * Becomes the one process that may write to a directory, which is made if it does not exist.
   *
   * @throws {RunInUseError} when another one is, and shows signs of life
   */
  static acquire(directory: string): Lease {
    mkdirSync(directory, { recursive: true });
    const earlier = tokensIn(directory);
    for (const token of earlier) refuseIfHeld(directory, token);
    const token = Math.max(0, ...earlier) + 1;
    const lease = new Lease(directory, token, create(directory, token));
    // Two that found the same lease abandoned, or none, at different times may both get here. By
    // now, another process may also have a token that was given back after the first look.
    for (const other of tokensIn(directory).filter((one) => one !== token)) {
      try {
        refuseIfHeld(directory, other);
        if (other > token) throw justBegun(directory);
      } catch (error) {
        lease.release();
        throw error;
      }
      rmSync(join(directory, fileName(other)), { force: true });
    }
    removeLeftovers(directory);
    return lease;
  }

  /** @throws {LeaseLostError} when another process has taken over */
  check(): void {
    const highest = Math.max(...tokensIn(this.directory));
    if (highest !== this.token || !this.#exists) throw new LeaseLostError(this.directory);
  }

  /** Gives the right back. */
  release(): void {
    clearInterval(this.#heart);
    // Under its name there may be another process's lease by now.
    if (this.#exists) rmSync(this.#path, { force: true });
    closeSync(this.#file);
  }

  /** Whether the file is still in its folder. */
  get #exists(): boolean {
    return fstatSync(this.#file).nlink > 0;
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

function tokensIn(directory: string): number[] {
  return readdirSync(directory).flatMap((name) => {
    const token = filePattern.exec(name)?.[1];
    return token === undefined ? [] : [Number(token)];
  });
}

/**
 * Creates a lease's file, which only one process can. It has its name only once it says who holds
 * it, so that whoever is killed meanwhile is known to be gone.
 */
function create(directory: string, token: number): number {
  const path = join(directory, fileName(token));
  const { host, scope } = processScope();
  const startedAt = new Date().toISOString();
  const holder: Holder = { token, id: randomUUID(), pid: process.pid, scope, host, startedAt };
  const text = `${JSON.stringify(holder, null, 2)}\n`;
  const temporary = join(directory, temporaryName(holder.id));
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
    refuseIfHeld(directory, token);
    throw justBegun(directory);
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

/** Whether a file system refuses to give a file a second name because it never does. */
const lacksLinks = (error: unknown): boolean =>
  ["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS"].includes(
    (error as NodeJS.ErrnoException).code ?? "",
  );

/** Deletes what processes have left behind that were killed while they wrote a lease. */
function removeLeftovers(directory: string): void {
  for (const name of readdirSync(directory).filter((one) => temporaryPattern.test(one))) {
    const path = join(directory, name);
    const age = Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0);
    if (age > ABANDONED_MS) rmSync(path, { force: true });
  }
}

/** Who is at work on a run. */
export interface LeaseHolder {
  readonly pid: number;
  readonly host: string;
}

/** Who holds the lease of a directory and shows signs of life; undefined when nobody does. */
export function leaseHolder(directory: string): LeaseHolder | undefined {
  for (const token of tokensIn(directory).sort((a, b) => b - a)) {
    const path = join(directory, fileName(token));
    const holder = readHolder(path);
    if (holder && !isAbandoned(path, holder)) return { pid: holder.pid, host: holder.host };
  }
  return undefined;
}

/** Whether nobody is at work under a lease any more. */
function isAbandoned(path: string, holder: Holder | undefined): boolean {
  const heartbeatMs = statSync(path, { throwIfNoEntry: false })?.mtimeMs;
  if (heartbeatMs === undefined || Date.now() - heartbeatMs > ABANDONED_MS) return true;
  return holder !== undefined && holder.scope === processScope().scope && !isAlive(holder.pid);
}

/** @throws {RunInUseError} unless the lease is abandoned */
function refuseIfHeld(directory: string, token: number): void {
  const path = join(directory, fileName(token));
  const heartbeatMs = statSync(path, { throwIfNoEntry: false })?.mtimeMs;
  if (heartbeatMs === undefined) return;
  const silentMs = Date.now() - heartbeatMs;
  const holder = readHolder(path);
  if (isAbandoned(path, holder)) return;
  const who = holder ? `process ${holder.pid} on ${holder.host}` : "a process that has just begun";
  throw new RunInUseError(
    `${directory} is in use by ${who}, last heard of ${Math.max(0, Math.round(silentMs / 1000))} s ago. ` +
      `Wait until it ends, or stop it; if it is gone, try again in ${ABANDONED_MS / 1000} s.`,
  );
}

const justBegun = (directory: string) =>
  new RunInUseError(`Another process has just begun to write to ${directory}. Try again.`);

/** Who holds a lease; undefined while that is being written, or when it is gone. */
function readHolder(path: string): Holder | undefined {
  try {
    return holderSchema.parse(JSON.parse(readFileSync(path, "utf8")));
  } catch {
    return undefined;
  }
}
