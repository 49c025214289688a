import { BLOCK_SPIKES, decodeSpikes, encodeSpikes, type Spikes } from "../encoding/spike-codec.ts";
import { Fnv1a } from "../numeric/fnv1a.ts";
import { BlockFileReader, BlockFileWriter } from "./block-file.ts";
import { DamagedFileError } from "./errors.ts";
import { identityOf, type Manifest } from "./manifest.ts";
import { stimulusFolder, trainsPath } from "./run-files.ts";
import type { RunStore } from "./run-store.ts";

/** Paths of copies of spike trains. */
export const trainsPattern = new RegExp(`^${stimulusFolder}/[0-9a-f]{16}\\.bin$`);

/** Checksums of the spike trains that a run's stimuli take from files, each once. */
export function recordedChecksums({ timeline = [] }: Pick<Manifest, "timeline">): string[] {
  const found = timeline.flatMap(({ action }) => {
    const { checksum } = (typeof action === "object" && action) as { checksum?: unknown };
    return typeof checksum === "string" ? [checksum] : [];
  });
  return [...new Set(found)];
}

/** Keeps a copy of spike trains with a run, so that it can go on without their file. */
export function writeTrains(
  store: RunStore,
  manifest: Manifest,
  checksum: string,
  { timesMs, cells }: Spikes,
): void {
  const owner = { kind: "trains", identity: identityOf(manifest) } as const;
  const file = BlockFileWriter.create(store, trainsPath(checksum), owner);
  for (let first = 0; first < cells.length; first += BLOCK_SPIKES) {
    const spikes = {
      timesMs: timesMs.slice(first, first + BLOCK_SPIKES),
      cells: cells.slice(first, first + BLOCK_SPIKES),
    };
    const count = spikes.cells.length;
    const times = { firstMs: spikes.timesMs[0]!, lastMs: spikes.timesMs[count - 1]! };
    file.append({ kind: "trains", count, ...times }, encodeSpikes(spikes));
  }
}

/**
 * The copy of spike trains with a run.
 *
 * @throws {DamagedFileError} when it is not what was written
 */
export function readTrains(store: RunStore, manifest: Manifest, checksum: string): Spikes {
  const path = trainsPath(checksum);
  const file = new BlockFileReader(store, path, "trains", manifest);
  if (file.damage) throw file.damage;
  const parts = file.blocks.map((block) =>
    file.decode(block, "trains", (payload) => decodeSpikes(payload, block.count, block.firstMs)),
  );
  const count = parts.reduce((sum, { cells }) => sum + cells.length, 0);
  const trains = { timesMs: new Float64Array(count), cells: new Uint32Array(count) };
  let first = 0;
  for (const { timesMs, cells } of parts) {
    trains.timesMs.set(timesMs, first);
    trains.cells.set(cells, first);
    first += cells.length;
  }
  const found = new Fnv1a().add(trains.timesMs).add(trains.cells).digest();
  if (found === checksum) return trains;
  throw new DamagedFileError(path, 0, `its spike trains have another checksum, ${found}`);
}
