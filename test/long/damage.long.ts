import { beforeAll, expect, it } from "vitest";
import { phasesOf } from "../../src/experiment/phases.ts";
import { resolveParameters } from "../../src/model/derived-defaults.ts";
import { MemoryStore } from "../../src/recording/memory-store.ts";
import { examineRun } from "../../src/recording/recovery.ts";
import { checkpointFolder, runFiles } from "../../src/recording/run-files.ts";
import { randomNumbers } from "../recording/small-run.ts";
import { everythingShort, recordOf, recordTinyRun, resumeTinyRun } from "../simulation/tiny-run.ts";

const wanted = Number(process.env["ISOCORTEX_DAMAGES"] ?? 100);
const random = randomNumbers(99);
const store = new MemoryStore();
let expected: ReturnType<typeof recordOf>;

/** Of several columns, so that it has all files. */
const parameters = resolveParameters({ ...everythingShort, columnsX: 2 });
const changes = { parameters, phases: phasesOf(parameters) };

beforeAll(async () => {
  await recordTinyRun(store, "often", changes);
  expected = recordOf(store);
});

/** Damages a file at a random place, by turns cutting it and flipping one of its bits. */
function damage(path: string, turn: number): void {
  const bytes = store.read(path);
  const at = Math.floor(random() * bytes.length);
  if (turn % 2) bytes[at]! ^= 1 << Math.floor(random() * 8);
  store.replace(path, turn % 2 ? bytes : bytes.subarray(0, at));
}

it.each(Object.values(runFiles))(
  `${wanted} damages of %s are named and made good`,
  async (path) => {
    for (let turn = 0; turn < wanted; turn++) {
      damage(path, turn);
      expect(examineRun(store).damage.map((error) => error.path)).toContain(path);
      await resumeTinyRun(store, "often", changes);
      expect(recordOf(store)).toEqual(expected);
    }
  },
);

it(`${wanted} damages of checkpoints are named, and earlier ones used`, async () => {
  for (let turn = 0; turn < wanted; turn++) {
    const names = store.list(checkpointFolder);
    const path = `${checkpointFolder}/${names[Math.floor(random() * names.length)]}`;
    // With the record cut, it must go on from a checkpoint.
    store.truncate(runFiles.gains, Math.floor(random() * store.size(runFiles.gains)!));
    damage(path, turn);
    const { damagedCheckpoints, checkpoint } = examineRun(store);
    const isNamed = damagedCheckpoints.some((error) => error.path === path);
    const isOlder = checkpoint && `${checkpointFolder}/${names.at(-1)}` !== path;
    expect(isNamed || isOlder).toBeTruthy();
    await resumeTinyRun(store, "often", changes);
    expect(recordOf(store)).toEqual(expected);
  }
});
