import { beforeEach, describe, expect, it } from "vitest";
import { type Checkpoint, readCheckpoint } from "../../src/recording/checkpoint.ts";
import {
  checkpointFiles,
  pruneCheckpoints,
  writeCheckpoint,
} from "../../src/recording/checkpoint-files.ts";
import { DamagedFileError } from "../../src/recording/errors.ts";
import { MemoryStore } from "../../src/recording/memory-store.ts";
import { eachPotential, type PotentialReadings } from "../../src/recording/potentials.ts";
import { initialManifest } from "../../src/recording/run-description.ts";
import { checkpointPath } from "../../src/recording/run-files.ts";
import { description, potentialsOf, randomSpikes, smallNetwork } from "./small-run.ts";

const manifest = initialManifest(description, smallNetwork);

/** Readings that follow those of one block. */
function readingsOf(count: number): PotentialReadings {
  const all = Array.from({ length: count }, (_, k) => potentialsOf(k));
  const timesMs = Float64Array.from(all, (_, k) => 500 + 8 * (1024 + k));
  const joined = eachPotential((name) => Float64Array.from(all.flatMap((one) => [...one[name]])));
  return { timesMs, ...joined };
}

function checkpointAt(
  simulatedMs: number,
  pending = randomSpikes(37, 6),
  pendingReadings = readingsOf(5),
): Checkpoint {
  const file = { bytes: 1234, blocks: 5 };
  const events = { bytes: 16, blocks: 0 };
  return {
    manifest: { ...manifest, simulatedMs },
    position: {
      files: { spikes: file, samples: file, gains: file, events, potentials: file },
      spikes: 40_960,
      pending,
      readings: 2048,
      pendingReadings,
    },
    state: {
      timeline: {
        entries: [
          {
            id: "loss",
            nextMs: 0.1 + 0.2,
            heldSinceMs: 3,
            heldUntilMs: null,
            kept: { draws: 6, deleted: 3 },
            readyMs: null,
            counts: [4, 0, 1],
          },
        ],
        held: ["loss"],
        externalFactors: { loss: 1 / 3 },
        nextLookMs: 100,
      },
      engine: Uint8Array.from({ length: 800 }, (_, k) => (k * 31) % 251),
      engineLayout: "1 cell:8×100",
    },
  };
}

let store: MemoryStore;

beforeEach(() => {
  store = new MemoryStore();
});

describe("a checkpoint", () => {
  it.each([
    [0, 0],
    [0, 1],
    [1, 0],
    [37, 5],
    [8191, 1023],
  ])("is read as it was written, with %i pending spikes and %i readings", (spikes, readings) => {
    const checkpoint = checkpointAt(1000 / 3, randomSpikes(spikes, 6), readingsOf(readings));
    writeCheckpoint(store, checkpoint);
    const [file] = checkpointFiles(store);
    expect(readCheckpoint(store, file!.path)).toEqual(checkpoint);
  });

  it("is named after its time, so that names are in the order of times", () => {
    expect(checkpointPath(64_806.16391836674)).toBe("checkpoints/0000000064.806164s.ckpt");
    for (const timeMs of [1e12, 0, 999, 1000, 9999.5]) {
      writeCheckpoint(store, checkpointAt(timeMs));
    }
    expect(checkpointFiles(store).map(({ timeMs }) => Math.round(timeMs))).toEqual([
      1e12, 10_000, 1000, 999, 0,
    ]);
  });

  it("with any bit flipped, or cut anywhere, is refused by name", () => {
    writeCheckpoint(store, checkpointAt(5));
    const { path } = checkpointFiles(store)[0]!;
    const bytes = store.read(path);
    for (let at = 0; at < bytes.length; at++) {
      const flipped = bytes.slice();
      flipped[at]! ^= 1 << (at % 8);
      for (const damaged of [flipped, bytes.subarray(0, at)]) {
        store.replace(path, damaged);
        expect(() => readCheckpoint(store, path), `byte ${at}`).toThrow(DamagedFileError);
      }
    }
    store.remove(path);
    expect(() => readCheckpoint(store, path)).toThrow(DamagedFileError);
  });
});

it("the two newest are kept, and those that were asked for", () => {
  for (const timeMs of [10, 20, 30, 40, 50]) writeCheckpoint(store, checkpointAt(timeMs));
  store.replace("checkpoints/notes.txt", Uint8Array.of(1));
  pruneCheckpoints(store, manifest, [20, 35]);
  expect(store.list("checkpoints")).toEqual([
    "0000000000.020000s.ckpt",
    "0000000000.040000s.ckpt",
    "0000000000.050000s.ckpt",
    "notes.txt",
  ]);
});
