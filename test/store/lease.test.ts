import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { processScope } from "../../src/host/process-scope.ts";
import { MemoryStore } from "../../src/recording/memory-store.ts";
import { directoryUse } from "../../src/runs/directory.ts";
import { FencedStore } from "../../src/store/fence.ts";
import { Lease, LeaseLostError, leaseHolder, RunInUseError } from "../../src/store/lease.ts";
import { temporaryPath } from "../../src/store/replacement.ts";

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

/** A lease that is watched shortly before it is taken over. */
async function acquire(): Promise<Lease> {
  const lease = await Lease.acquire(directory, { watchMs: 30 });
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

/** A process elsewhere: whether it runs is not known here. */
const elsewhere = { pid: deadPid, scope: `not ${processScope().scope}` };

describe("a lease", () => {
  it("is one process's, until it is released", async () => {
    const lease = await acquire();
    await expect(acquire()).rejects.toThrow(RunInUseError);
    await expect(acquire()).rejects.toThrow(
      new RegExp(
        `run is in use by process ${process.pid} on \\S+, with a lease last renewed \\d s ago`,
      ),
    );
    held.pop();
    lease.release();
    expect(readdirSync(directory)).toEqual([]);
    expect((await acquire()).token).toBe(1);
  });

  it("of a process that is gone is taken over at once, with a higher token", async () => {
    const first = await acquire();
    forge(first, { pid: deadPid });
    const second = await acquire();
    expect(second.token).toBe(first.token + 1);
    expect(readdirSync(directory)).toEqual(["lease-000002.json"]);
    expect(() => second.check()).not.toThrow();
  });

  it("of a process that has ended unnoticed by its parent is taken over at once", async () => {
    const first = await acquire();
    // The shell turns into a program that never asks after its child, which ends only after that.
    const parent = spawn("sh", ["-c", "exec 3<&0; cat <&3 & echo $!; exec sleep 60"]);
    try {
      const pid = Number(await once(parent.stdout, "data"));
      const program = () => readFileSync(`/proc/${parent.pid}/comm`, "utf8").trim();
      while (program() !== "sleep") await delay(10);
      parent.stdin.end();
      const state = () => readFileSync(`/proc/${pid}/stat`, "utf8");
      while (!state().includes(") Z ")) await delay(10);
      forge(first, { pid });
      expect(leaseHolder(directory)).toBeUndefined();
      expect((await acquire()).token).toBe(2);
    } finally {
      parent.kill();
    }
  });

  it("of a process elsewhere is taken over when it has been silent for a minute", async () => {
    const first = await acquire();
    forge(first, elsewhere);
    silence(first, 50);
    await expect(acquire()).rejects.toThrow(/with a lease last renewed 50 s ago/);
    silence(first, 61);
    expect((await acquire()).token).toBe(2);
  });

  it.each([-3 * 86_400, -90, 90, 3 * 86_400])(
    "that beats is held, by a clock that is off by %d s; without beats it is taken over",
    async (seconds) => {
      const first = await acquire();
      forge(first, elsewhere);
      silence(first, seconds);
      const notes: string[] = [];
      const refused = Lease.acquire(directory, {
        watchMs: 60,
        onWatch: (text) => notes.push(text),
      });
      silence(first, seconds - 5);
      await expect(refused).rejects.toThrow(/whose clock differs from this computer's/);
      expect(notes).toEqual([expect.stringMatching(/waiting 0.06 s for a renewal/)]);
      expect((await acquire()).token).toBe(2);
    },
  );

  it("that is being written counts as held", async () => {
    const first = await acquire();
    writeFileSync(fileOf(first), "");
    await expect(acquire()).rejects.toThrow(/a process that has just begun/);
  });

  it("that a process was killed over is no hindrance, and goes", async () => {
    mkdirSync(directory);
    const name = basename(temporaryPath(directory));
    const leftover = name.replace(`-${process.pid}-`, `-${deadPid}-`);
    for (const one of [name, leftover]) writeFileSync(join(directory, one), "");
    expect(directoryUse(directory)).toBe("free");
    await acquire();
    expect(readdirSync(directory)).toEqual([name, "lease-000001.json"]);
  });

  it("that was lost stops its holder before it writes, and its release harms nobody", async () => {
    const first = await acquire();
    silence(first, 100);
    const second = await acquire();
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

  it("stays lost when its token comes round again", async () => {
    const first = await acquire();
    silence(first, 100);
    const second = await acquire();
    held.pop();
    second.release();
    const third = await acquire();
    expect(third.token).toBe(first.token);
    expect(() => first.check()).toThrow(/^Another process has taken over/);
    held.shift();
    first.release();
    expect(() => third.check()).not.toThrow();
  });

  it.each([
    ["deleted", () => rmSync(directory, { recursive: true })],
    ["moved", () => renameSync(directory, `${directory} elsewhere`)],
    [
      "replaced by a copy",
      () => {
        renameSync(directory, `${directory} elsewhere`);
        cpSync(`${directory} elsewhere`, directory, { recursive: true });
      },
    ],
  ])("is lost with its directory, when that is %s", async (_, change) => {
    const lease = await acquire();
    change();
    expect(() => lease.check()).toThrow(LeaseLostError);
    const before = readdirSync(home, { recursive: true });
    held.pop();
    lease.release();
    expect(readdirSync(home, { recursive: true })).toEqual(before);
  });
});
