import type { FileHeader } from "../encoding/block.ts";
import { Fnv1a } from "../numeric/fnv1a.ts";
import { ForeignFileError } from "./errors.ts";
import type { Ancestry, Manifest } from "./manifest.ts";
import { runFiles } from "./run-files.ts";

/**
 * Names a run by all that decides its record: program, parameters, network, what happens when, when
 * gains are recorded, and the past of a branch. Equal runs have equal identities, whenever, where
 * and by whatever engine they are recorded.
 *
 * FNV-1a, 64 bit, over the manifest as JSON without spaces, keys sorted, of parameters only the
 * values, without the entries for names and progress; as 16 hexadecimal digits.
 */
export function runIdentity(manifest: Omit<Manifest, "identity">): string {
  const { parameters, ancestry, ...others } = manifest;
  const values = Object.entries(parameters).map(([name, { value }]) => [name, value]);
  const content = {
    ...without(others, circumstances),
    parameters: Object.fromEntries(values),
    ancestry: ancestry && without(ancestry, parentCircumstances),
  };
  const text = JSON.stringify(content, (_, value) => withSortedKeys(value));
  return new Fnv1a().add(new TextEncoder().encode(text)).digest();
}

/** Entries of a manifest that do not determine its record. */
const circumstances = [
  "format",
  "formatVersion",
  "identity",
  "engine",
  "preset",
  "label",
  "status",
  "createdAt",
  "updatedAt",
  "simulatedMs",
  "wallSeconds",
  "counts",
  "excursions",
  "checkpointTimesMs",
] satisfies (keyof Manifest)[];

const parentCircumstances = ["directory", "label", "createdAt"] satisfies (keyof Ancestry)[];

const without = (entries: object, names: readonly string[]): object =>
  Object.fromEntries(Object.entries(entries).filter(([name]) => !names.includes(name)));

function withSortedKeys(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Identity and size of a run. */
export type Identified = Pick<Manifest, "identity" | "network">;

/** Reason why a manifest does not belong to its files; a damaged file says nothing. */
export function foreignManifest(
  { identity }: Pick<Manifest, "identity">,
  headers: readonly (FileHeader | undefined)[],
): ForeignFileError | undefined {
  const known = new Set(headers.flatMap((header) => (header ? [header.identity] : [])));
  if (known.size === 0 || known.has(identity)) return undefined;
  const reason = `it is ${runName(identity)}, the other files are ${[...known].map(runName).join(", ")}`;
  return new ForeignFileError(runFiles.manifest, reason);
}

/** Name of a run in messages. */
export const runName = (identity: string | undefined): string =>
  identity === undefined ? "without identity (format version 1)" : `of run ${identity}`;

/** True if a branch comes from a run: by that run's identity or, in version 1, by its beginning. */
export function isParent(
  ancestry: Manifest["ancestry"],
  { identity, createdAt }: Manifest,
): boolean {
  if (!ancestry) return false;
  return ancestry.identity === undefined
    ? ancestry.createdAt === createdAt
    : ancestry.identity === identity;
}
