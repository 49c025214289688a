import * as z from "zod";
import { FORMAT_VERSION } from "../encoding/format-version.ts";
import { sealedJson, textChecksum } from "../encoding/sealed-json.ts";
import { populations as columnPopulations } from "../model/populations.ts";
import { DamagedFileError, FormatVersionError, RunLocationError } from "./errors.ts";
import { type Manifest, manifestSchema, recordStartMs } from "./manifest.ts";
import { runFiles } from "./run-files.ts";
import { runIdentity } from "./run-identity.ts";
import type { RunStore } from "./run-store.ts";

/** Replaces the run's manifest; its last entry is a checksum of the others. */
export function writeManifest(store: RunStore, manifest: Manifest): void {
  store.replace(runFiles.manifest, new TextEncoder().encode(sealedJson(manifest)));
}

/**
 * Reads the run's manifest.
 *
 * @throws {RunLocationError} when there is none
 * @throws {FormatVersionError} when it is of a newer format
 * @throws {DamagedFileError} when it is not what was written
 */
export function readManifest(store: RunStore): Manifest {
  const path = runFiles.manifest;
  if (store.size(path) === undefined) {
    throw new RunLocationError(`There is no run here: ${path} is missing. Name a run directory.`);
  }
  const { crc32: stated, ...content } = parseObject(new TextDecoder().decode(store.read(path)));
  const version = content["formatVersion"];
  if (typeof version === "number" && version > FORMAT_VERSION) {
    throw new FormatVersionError(path, version);
  }
  if (stated !== checksum(content)) {
    throw new DamagedFileError(path, 0, "its contents do not match their checksum");
  }
  const { data, error } = manifestSchema.safeParse(content);
  const flaw = error
    ? z.prettifyError(error)
    : (mistaken(content as Manifest) ?? contradiction(data));
  if (flaw !== undefined) throw new DamagedFileError(path, 0, flaw);
  return data!;
}

/** Problem of the identity of a manifest as it is in the file. */
function mistaken(manifest: Manifest): string | undefined {
  const { formatVersion, identity } = manifest;
  const own = formatVersion > 1 ? runIdentity(manifest) : undefined;
  if (identity === own) return undefined;
  // Whether entries of later versions count, those know.
  const isKnown = Object.keys(manifest).every((entry) =>
    Object.hasOwn(manifestSchema.shape, entry),
  );
  if (identity !== undefined && own !== undefined && !isKnown) return undefined;
  return `its identity is ${identity}, but what it says of the run is ${own}`;
}

const known: ReadonlySet<string> = new Set(columnPopulations.map(({ name }) => name));

/** Contradiction within a manifest. */
function contradiction(manifest: Manifest): string | undefined {
  const { network, populations, phases, durationMs, simulatedMs } = manifest;
  let cells = 0;
  for (const { name, firstCell, cellCount } of populations) {
    if (!known.has(name)) return `there is no population ${name}`;
    if (firstCell !== cells) return `${name} begins with cell ${firstCell}, expected ${cells}`;
    cells += cellCount;
  }
  if (cells !== network.cellCount) {
    return `its populations have ${cells} cells, its network ${network.cellCount}`;
  }
  const unknownCell = namedCells(manifest).find((cell) => cell >= cells);
  if (unknownCell !== undefined)
    return `it names cell ${unknownCell}, but there are ${cells} cells`;
  const startMs = recordStartMs(manifest);
  if (!(startMs <= simulatedMs && simulatedMs <= durationMs)) {
    return `it reaches ${simulatedMs} ms, expected a time from ${startMs} to ${durationMs} ms`;
  }
  const phase = phases.find(({ startMs: from, endMs: to }) => !(from <= to && to <= durationMs));
  return phase && `its phase ${phase.name} is no part of ${durationMs} ms`;
}

/** Cells that a manifest names by their numbers. */
const namedCells = ({ ancestry, past, excursions, potentials }: Manifest): number[] => [
  ...(ancestry?.deletedCells ?? []),
  ...(potentials?.cells ?? []),
  ...[past?.deletions, excursions?.outsideRange, excursions?.notFinite].flatMap((lists) =>
    (lists ?? []).flatMap(({ cells }) => cells),
  ),
];

/** True if bytes are a manifest as this program or another version of it wrote one. */
export function isManifest(bytes: Uint8Array): boolean {
  try {
    const { crc32: stated, ...content } = parseObject(new TextDecoder().decode(bytes));
    return content["format"] === manifestSchema.shape.format.value && stated === checksum(content);
  } catch {
    return false;
  }
}

const checksum = (content: object): string => textChecksum(JSON.stringify(content, null, 2));

function parseObject(text: string): Record<string, unknown> {
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(text));
  } catch {
    throw new DamagedFileError(runFiles.manifest, 0, "it is not a JSON object");
  }
}
