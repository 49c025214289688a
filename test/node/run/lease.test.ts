import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { processScope } from "../../../src/node/process-scope.ts";
import { FencedStore } from "../../../src/node/run/fenced-store.ts";
import { Lease, LeaseLostError, RunInUseError } from "../../../src/node/run/lease.ts";
import { directoryUse } from "../../../src/node/run/run-directory.ts";
import { MemoryStore } from "../../../src/recording/memory-store.ts";

let home: string;
let directory: string;
const held: Lease[] = [];

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "isocortex-lease-"));
  directory = join(home, "run");
});

afterEach(() => {
  for (const lease of held.splice(0)) lease.release();
  rmSync(home, { recursive: true, force: true });
});

function acquire(): Lease {
  const lease = Lease.acquire(directory);
  held.push(lease);
  return lease;
}

const fileOf = ({ token }: Lease) =>
  join(directory, `lease-${String(token).padStart(6, "0")}.json`);

/** Lets a lease look as if its holder had given no sign of life for so long. */
function silence(lease: Lease, seconds: number): void {
  const then = new Date(Date.now() - 1000 * seconds);
  utimesSync(fileOf(lease), then, then);
}

/** Changes what a lease's file says of its holder. */
function forge(lease: Lease, changes: object): void {
  const holder = JSON.parse(readFileSync(fileOf(lease), "utf8"));
  writeFileSync(fileOf(lease), JSON.stringify({ ...holder, ...changes }));
}

/** No process has this id: it is beyond the largest. */
const deadPid = 2 ** 30;

describe("a lease", () => {
  it("is one process's, until it is released", () => {
    const lease = acquire();
    expect(() => Lease.acquire(directory)).toThrow(RunInUseError);
    expect(() => Lease.acquire(directory)).toThrow(
      new RegExp(`run is in use by process ${process.pid} on \\S+, last heard of \\d s ago`),
    );
    held.pop();
    lease.release();
    expect(readdirSync(directory)).toEqual([]);
    expect(acquire().token).toBe(1);
  });

  it("of a process that is gone is taken over at once, with a higher token", () => {
    const first = acquire();
    forge(first, { pid: deadPid });
    const second = acquire();
    expect(second.token).toBe(first.token + 1);
    expect(readdirSync(directory)).toEqual(["lease-000002.json"]);
    expect(() => second.check()).not.toThrow();
  });

  it("of a process elsewhere is taken over when it has been silent for a minute", () => {
    const first = acquire();
    forge(first, { pid: deadPid, scope: `not ${processScope().scope}` });
    silence(first, 50);
    expect(() => Lease.acquire(directory)).toThrow(/last heard of 50 s ago/);
    silence(first, 61);
    expect(acquire().token).toBe(2);
  });

  it("that is being written counts as held", () => {
    const first = acquire();
    writeFileSync(fileOf(first), "");
    expect(() => Lease.acquire(directory)).toThrow(/a process that has just begun/);
  });

  it("that a process was killed over is no hindrance, and goes when it is old", () => {
    const leftover = "lease-01234567-89ab-cdef-0123-456789abcdef.tmp";
    mkdirSync(directory);
    writeFileSync(join(directory, leftover), "");
    expect(directoryUse(directory)).toBe("free");
    acquire();
    expect(readdirSync(directory)).toEqual(["lease-000001.json", leftover]);
    held.pop()!.release();
    const then = new Date(Date.now() - 61_000);
    utimesSync(join(directory, leftover), then, then);
    acquire();
    expect(readdirSync(directory)).toEqual(["lease-000001.json"]);
  });

  it("that was lost stops its holder before it writes, and its release harms nobody", () => {
    const first = acquire();
    silence(first, 100);
    const second = acquire();
    const inner = new MemoryStore();
    inner.append("a", Uint8Array.of(1));
    const store = new FencedStore(inner, first);
    const one = Uint8Array.of(1);
    expect(() => store.append("a", one)).toThrow(LeaseLostError);
    expect(() => store.replace("a", one)).toThrow(LeaseLostError);
    expect(() => store.truncate("a", 0)).toThrow(LeaseLostError);
    expect(() => store.remove("a")).toThrow(LeaseLostError);
    expect(inner.read("a")).toEqual(one);
    expect(store.read("a")).toEqual(one);
    new FencedStore(inner, second).append("a", one);
    expect(store.size("a")).toBe(2);
  });

  it("stays lost when its token comes round again", () => {
    const first = acquire();
    silence(first, 100);
    const second = acquire();
    held.pop();
    second.release();
    const third = acquire();
    expect(third.token).toBe(first.token);
    expect(() => first.check()).toThrow(LeaseLostError);
    held.shift();
    first.release();
    expect(() => third.check()).not.toThrow();
  });
});
