import { execFileSync } from "node:child_process";
import {
  appendFileSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { StorageError } from "../../src/store/errors.ts";
import { OccupiedPathError, type Replaceable, writeOutputs } from "../../src/store/output-files.ts";
import { ledgerFile } from "../../src/store/output-ledger.ts";
import { temporaryPath } from "../../src/store/replacement.ts";

let home: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "isocortex-outputs-"));
});

afterEach(() => rmSync(home, { recursive: true, force: true }));

const write = (texts: Readonly<Record<string, Iterable<string>>>, replaceable?: Replaceable) => {
  const contents = Object.entries(texts).map(
    ([name, pieces]) => [join(home, name), pieces] as const,
  );
  return writeOutputs(new Map(contents), replaceable);
};

/** Names in a folder, but that of the ledger of those that were written there. */
const namesIn = (folder: string) => readdirSync(folder).filter((name) => name !== ledgerFile);

const textOf = (name: string) => readFileSync(join(home, name), "utf8");

function* failing() {
  yield "half";
  throw new Error("damaged");
}

it("writes files of many pieces, in a folder that it makes", async () => {
  await write({ "deep/down/a.csv": ["a,b\n", "1,", "2\n"], "deep/b.csv": ["b"] });
  expect(textOf("deep/down/a.csv")).toBe("a,b\n1,2\n");
  expect(textOf("deep/b.csv")).toBe("b");
  expect(namesIn(join(home, "deep", "down"))).toEqual(["a.csv"]);
});

it("leaves everything as it was when the text of one file fails to come", async () => {
  await write({ "a.csv": ["whole"] });
  const task = write({ "a.csv": ["new"], "deep/down/b.csv": ["b"], "deep/c.csv": failing() });
  await expect(task).rejects.toThrow("damaged");
  expect(textOf("a.csv")).toBe("whole");
  expect(namesIn(home)).toEqual(["a.csv"]);
});

it("leaves nothing under names of its own when a file cannot take its place", async () => {
  function* overtaken() {
    yield "c";
    mkdirSync(join(home, "b.csv", "inside"), { recursive: true });
  }
  const task = write({ "b.csv": ["b"], "c.csv": overtaken() }, "any");
  await expect(task).rejects.toThrow(/b\.csv is a directory, which is never replaced/);
  expect(readdirSync(home)).toEqual(["b.csv"]);
});

it("deletes what a killed process left, not what one at work writes", async () => {
  const left = temporaryPath(home).replace(/-\d+-/, "-1073741824-");
  const underWay = temporaryPath(home);
  for (const path of [left, underWay]) writeFileSync(path, "half");
  await write({ "a.csv": ["whole"] });
  expect(namesIn(home).map((name) => join(home, name))).toEqual([underWay, join(home, "a.csv")]);
});

it("gives files that several write at once the contents of one of them", async () => {
  const names = ["a.csv", "b.csv", "c.csv"];
  const contents = (k: number) => names.map((name) => [name, Array(20).fill(`${k},`)]);
  const writers = Array.from({ length: 10 }, (_, k) => write(Object.fromEntries(contents(k))));
  await Promise.all(writers);
  const texts = names.map(textOf);
  expect(texts[0]).toMatch(/^(\d,)\1{19}$/);
  expect(new Set(texts).size).toBe(1);
  expect(namesIn(home)).toEqual(names);
});

describe("what is there already", () => {
  it("is replaced where the program wrote it, and nobody changed it", async () => {
    for (const text of ["one", "two", "one", "three"]) await write({ "a.csv": [text] });
    expect(textOf("a.csv")).toBe("three");
    expect(textOf(ledgerFile).trimEnd().split("\n")).toHaveLength(3);
  });

  it("stays where somebody else wrote it, changed it, or put another there", async () => {
    writeFileSync(join(home, "theirs.csv"), "mine");
    await write({ "changed.csv": ["one"], "other.csv": ["two"] });
    writeFileSync(join(home, "changed.csv"), "one more");
    writeFileSync(join(home, "other.csv"), "one");
    for (const name of ["theirs.csv", "changed.csv", "other.csv"]) {
      const before = textOf(name);
      const task = write({ "new.csv": ["new"], [name]: ["new"] });
      await expect(task).rejects.toThrow(OccupiedPathError);
      expect(textOf(name)).toBe(before);
    }
    expect(namesIn(home)).toEqual(["changed.csv", "other.csv", "theirs.csv"]);
    await write({ "theirs.csv": ["new"] }, "any");
    expect(textOf("theirs.csv")).toBe("new");
  });

  it("stays where somebody else put it meanwhile", async () => {
    function* overtaken() {
      yield "ours";
      writeFileSync(join(home, "a.csv"), "mine");
    }
    await expect(write({ "a.csv": overtaken() })).rejects.toThrow(OccupiedPathError);
    expect(textOf("a.csv")).toBe("mine");
    expect(readdirSync(home)).toEqual(["a.csv"]);
  });

  it("stays where it is no regular file, whatever may be replaced", async () => {
    mkdirSync(join(home, "folder"));
    writeFileSync(join(home, "target.csv"), "mine");
    symlinkSync("target.csv", join(home, "link"));
    symlinkSync("nowhere", join(home, "dangling"));
    symlinkSync("loop", join(home, "loop"));
    execFileSync("mkfifo", [join(home, "pipe")]);
    const before = readdirSync(home);
    const kinds = { folder: "a directory", link: "a link", dangling: "a link", loop: "a link" };
    for (const [name, kind] of Object.entries({ ...kinds, pipe: "a pipe" })) {
      await expect(write({ [name]: ["new"] }, "any")).rejects.toThrow(`${name} is ${kind}, which`);
    }
    expect(readdirSync(home)).toEqual(before);
    expect(textOf("target.csv")).toBe("mine");
    const device = writeOutputs(new Map([["/dev/null", ["new"]]]), "any");
    await expect(device).rejects.toThrow("/dev/null is a device, which is never replaced");
  });

  it("is listed as sha256sum does it, strange names included", async () => {
    await write({ "a b.csv": ["one"], "line\nend\\.csv": ["two"] });
    const check = execFileSync("sha256sum", ["--check", "--strict", "--quiet", ledgerFile], {
      cwd: home,
    });
    expect(check.toString()).toBe("");
    await write({ "line\nend\\.csv": ["three"] });
    expect(textOf("line\nend\\.csv")).toBe("three");
  });

  it("is known although a power failure tore a line of the list", async () => {
    await write({ "a.csv": ["one"] });
    appendFileSync(join(home, ledgerFile), "abc");
    for (const text of ["two", "three"]) await write({ "a.csv": [text], "b.csv": [text] });
    expect(textOf("a.csv")).toBe("three");
  });
});

it.each(["pipe", "link", "folder"])(
  "writes nothing where its list is somebody's %s, and nothing to that",
  async (kind) => {
    const ledger = join(home, ledgerFile);
    writeFileSync(join(home, "target.txt"), "mine");
    if (kind === "pipe") execFileSync("mkfifo", [ledger]);
    else if (kind === "link") symlinkSync("target.txt", ledger);
    else mkdirSync(ledger);
    const before = lstatSync(ledger);
    await expect(write({ "a.csv": ["a"] })).rejects.toThrow(StorageError);
    expect(lstatSync(ledger)).toMatchObject({ ino: before.ino, mode: before.mode });
    expect(namesIn(home)).toEqual(["target.txt"]);
    expect(textOf("target.txt")).toBe("mine");
  },
);
