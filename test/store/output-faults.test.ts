import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, describe, expect, it, vi } from "vitest";
import { RunExcerpt } from "../../src/export/excerpt.ts";
import { program } from "../../src/host/package.ts";
import { MemoryStore } from "../../src/recording/memory-store.ts";
import { RunReader } from "../../src/recording/run-reader.ts";
import { exportRun } from "../../src/runs/export.ts";
import { StorageError } from "../../src/store/errors.ts";
import { writeOutputs } from "../../src/store/output-files.ts";
import { ledgerFile } from "../../src/store/output-ledger.ts";
import { isTemporary, replaceFile } from "../../src/store/replacement.ts";
import { keepPlan } from "../../src/study/folder.ts";
import { recordSmallRun } from "../recording/small-run.ts";
import { planTiny } from "../study/planning/tiny-sweep.ts";
import type { FaultPlan } from "./failing-files.ts";

const faults = vi.hoisted(
  (): FaultPlan => ({ failAt: Number.POSITIVE_INFINITY, failure: "death", operations: 0 }),
);

vi.mock("node:fs", async (importOriginal) => {
  const { failingFileSystem } = await import("./failing-files.ts");
  return failingFileSystem(await importOriginal(), faults);
});

function heal(): void {
  Object.assign(faults, { failAt: Number.POSITIVE_INFINITY, operations: 0 });
}

const home = mkdtempSync(join(tmpdir(), "isocortex-faults-"));

afterAll(() => {
  heal();
  rmSync(home, { recursive: true, force: true });
});

const store = new MemoryStore();
recordSmallRun(store);
const excerpt = () => new RunExcerpt(new RunReader(store));
const plan = planTiny("preset: tiny\nvary: { scaling: [off, on] }\nseeds: 1\n", program);

/** What writes files, into a folder that need not exist; the number makes contents differ. */
const writers: Readonly<Record<string, (folder: string, number: number) => Promise<unknown>>> = {
  "a figure's files": (folder, number) =>
    writeOutputs(
      new Map(
        ["a.svg", "a.csv", "deep/a.npz"].map((name) => [join(folder, name), [name, ` ${number}`]]),
      ),
    ),
  "a file of a study": async (folder, number) => replaceFile(join(folder, "a.json"), `${number}`),
  ...Object.fromEntries(
    (["csv", "neuron"] as const).map((format) => [
      `an export as ${format}`,
      (folder: string) => exportRun(excerpt(), { format, path: join(folder, "export") }),
    ]),
  ),
};

/** Paths and contents of all files that users see. */
function filesIn(folder: string): Record<string, string> {
  if (!existsSync(folder)) return {};
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && entry.name !== ledgerFile);
  return Object.fromEntries(
    files.map(({ parentPath, name }) => {
      const path = join(parentPath, name);
      return [path.slice(folder.length + 1), readFileSync(path, "latin1")];
    }),
  );
}

const namesIn = (folder: string): string[] =>
  existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: "utf8" }).sort() : [];

/** How many operations a writer takes, into a new folder and into one with an earlier version. */
async function operationsOf(write: (folder: string, number: number) => Promise<unknown>) {
  const folder = mkdtempSync(join(home, "whole-"));
  const counts: number[] = [];
  for (const number of [1, 2]) {
    heal();
    await write(join(folder, "place"), number);
    counts.push(faults.operations);
  }
  return counts;
}

/** Makes temporary files those of a process that was killed. */
function orphan(folder: string): void {
  for (const name of namesIn(folder).filter((one) => isTemporary(basename(one)))) {
    renameSync(join(folder, name), join(folder, name.replace(/-\d+-/, "-1073741824-")));
  }
}

const codes = ["ENOSPC", "EDQUOT", "EIO", "EMFILE", "EROFS"];

describe.each(Object.entries(writers))("%s", (_, write) => {
  it("is there whole or not at all after any failure of the system, which is named", async () => {
    const counts = await operationsOf(write);
    let tried = 0;
    for (const [earlier, count] of counts.entries()) {
      for (let failAt = 1; failAt <= count; failAt++, tried++) {
        heal();
        const place = join(mkdtempSync(join(home, "full-")), "place");
        if (earlier === 1) await write(place, 1);
        const [before, names] = [filesIn(place), namesIn(place)];
        heal();
        const code = codes[failAt % codes.length]!;
        Object.assign(faults, { failAt, failure: "full disk", code });
        const failure = await write(place, 2).catch((error: unknown) => error);
        heal();
        if (failure === undefined || !(failure instanceof StorageError)) {
          // What is still to be written, such as to clean up, may fail without harm.
          expect(failure).not.toBeInstanceOf(Error);
        } else {
          expect(failure.message).toMatch(/^Cannot (?:write|write to|make) \S+: [^\n]+\.$/);
          expect(failure.message).not.toContain(code);
        }
        const after = filesIn(place);
        const isAsBefore = JSON.stringify(after) === JSON.stringify(before);
        if (isAsBefore) expect(namesIn(place), `${code} at ${failAt}`).toEqual(names);
        await write(place, 2);
        if (!isAsBefore) expect(after).toEqual(filesIn(place));
      }
    }
    expect(tried).toBeGreaterThan(8);
  });

  it("is there whole after a death at any operation, and the next one cleans up", async () => {
    const counts = await operationsOf(write);
    for (const [earlier, count] of counts.entries()) {
      for (let failAt = 1; failAt <= count; failAt++) {
        heal();
        const place = join(mkdtempSync(join(home, "death-")), "place");
        mkdirSync(place, { recursive: true });
        if (earlier === 1) await write(place, 1);
        const before = filesIn(place);
        heal();
        Object.assign(faults, { failAt, failure: "death" });
        await write(place, 2).catch(() => {});
        heal();
        orphan(place);
        const visible = Object.entries(filesIn(place)).filter(
          ([name]) => !isTemporary(basename(name)),
        );
        await write(place, 2);
        const whole = filesIn(place);
        for (const [name, text] of visible) {
          expect([before[name], whole[name]], name).toContain(text);
        }
        expect(Object.keys(whole).filter((name) => isTemporary(basename(name)))).toEqual([]);
      }
    }
  });
});

it("a plan is kept whole or not at all, and leaves nothing behind", async () => {
  const keep = async (folder: string) => keepPlan(folder, plan);
  const [count] = await operationsOf(keep);
  expect(count).toBeGreaterThan(8);
  for (let failAt = 1; failAt <= count!; failAt++) {
    heal();
    const place = join(mkdtempSync(join(home, "plan-")), "study");
    Object.assign(faults, { failAt, failure: "full disk", code: "ENOSPC" });
    const failure = await keep(place).catch((error: unknown) => error);
    heal();
    if (failure instanceof StorageError) {
      const names = existsSync(place) ? ["plan-0001.csv", "plan-0001.json"] : [];
      expect(namesIn(place)).toEqual(names);
    } else expect(failure).not.toBeInstanceOf(Error);
    expect(keepPlan(place, plan).planNumber).toBe(1);
  }
});
