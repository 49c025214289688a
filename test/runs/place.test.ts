import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { RunLocationError } from "../../src/recording/errors.ts";
import { runFiles } from "../../src/recording/run-files.ts";
import { makePlace, placeRefusal } from "../../src/runs/place.ts";
import { writeOutputs } from "../../src/store/output-files.ts";
import { FolderStore } from "../../src/store/run-folder.ts";
import { recordSmallRun } from "../recording/small-run.ts";

let home: string;
let directory: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "isocortex-place-"));
  directory = join(home, "run");
  const store = new FolderStore(directory);
  recordSmallRun(store);
  store.close();
});

afterEach(() => rmSync(home, { recursive: true, force: true }));

const inside = (path: string) => join(directory, path);

function put(path: string, text = "mine"): void {
  mkdirSync(dirname(inside(path)), { recursive: true });
  writeFileSync(inside(path), text);
}

/** Everything in a folder, with the contents of files. */
function contents(folder = directory): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8", withFileTypes: true });
  return Object.fromEntries(
    names.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [path, entry.isFile() ? readFileSync(path, "latin1") : ""];
    }),
  );
}

describe("making place for a run", () => {
  it("deletes the whole run that was there, and what was drawn and exported of it", async () => {
    await writeOutputs(new Map([[inside("figures/raster.svg"), ["drawn"]]]));
    await writeOutputs(new Map([[inside("export/sonata/nodes.h5"), ["exported"]]]));
    const notes: string[] = [];
    await makePlace(directory, true, (text) => notes.push(text));
    expect(readdirSync(directory)).toEqual([]);
    expect(notes).toEqual([]);
  });

  it("leaves what somebody else put there or changed, and names it", async () => {
    const drawn = ["raster", "scale"].map((name) => inside(`figures/${name}.svg`));
    await writeOutputs(new Map(drawn.map((path) => [path, ["drawn"]])));
    const foreign = [
      "figures/scale.svg",
      "figures/thesis.pdf",
      "weights/README.md",
      "checkpoints/notes.txt",
      "export/deep/down/a.csv",
    ];
    for (const path of ["notes.txt", "mine/a.txt", ...foreign]) put(path);
    symlinkSync(home, inside("figures/elsewhere"));
    const notes: string[] = [];
    await makePlace(directory, true, (text) => notes.push(text));
    const left = contents();
    for (const path of ["notes.txt", "mine/a.txt", ...foreign]) {
      expect(left[inside(path)], path).toBe("mine");
      delete left[inside(path)];
    }
    const folders = ["mine", "figures", "figures/elsewhere", "weights", "checkpoints"];
    const others = [...folders, "export", "export/deep", "export/deep/down"].map(inside);
    expect(Object.keys(left).sort()).toEqual(
      [...others, inside("figures/.isocortex.sha256")].sort(),
    );
    expect(notes).toEqual([
      `${directory}: not written by isocortex, or changed since, and therefore kept: ` +
        "checkpoints/notes.txt, weights/README.md, figures/elsewhere, figures/scale.svg, figures/thesis.pdf and 1 more",
    ]);
  });

  it("does not follow links out of the run", async () => {
    renameSync(inside("weights"), join(home, "weights"));
    symlinkSync(join(home, "weights"), inside("weights"));
    const before = contents(home);
    await expect(makePlace(directory, true)).rejects.toThrow(/In .*run, weights would be replaced/);
    expect(contents(home)).toEqual(before);
  });

  it.each(Object.values(runFiles))(
    "stops before it deletes anything at a foreign %s",
    async (path) => {
      put(path);
      const before = contents();
      await expect(makePlace(directory, true)).rejects.toThrow(RunLocationError);
      expect(placeRefusal(directory, true)).toContain(`, ${path} would be replaced`);
      expect(contents()).toEqual(before);
    },
  );

  it("deletes no run that may not be overwritten", async () => {
    const before = contents();
    await expect(makePlace(directory, false)).rejects.toThrow(/already contains a run/);
    expect(contents()).toEqual(before);
  });

  it("deletes nothing where there is no run", async () => {
    rmSync(directory, { recursive: true });
    put("cells/positions.bin");
    await expect(makePlace(directory, true)).rejects.toThrow(
      /contains files that do not belong to a run \(cells\/positions.bin\)/,
    );
    expect(existsSync(inside("cells/positions.bin"))).toBe(true);
  });

  it("is nothing to do where a run was killed before it began", async () => {
    rmSync(directory, { recursive: true });
    await makePlace(directory, false);
    expect(existsSync(directory)).toBe(false);
  });
});
