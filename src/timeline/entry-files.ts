import type { EntrySource } from "./entry.ts";
import { interventionKinds } from "./interventions/registry.ts";

/** An entry with the names of its files changed. */
export function withFiles(source: EntrySource, rename: (file: string) => string): EntrySource {
  const changed = interventionKinds().flatMap(({ key, files = [] }) => {
    const action = source[key] as EntrySource | undefined;
    const named = files.filter((name) => typeof action?.[name] === "string");
    if (named.length === 0) return [];
    const renamed = named.map((name) => [name, rename(action![name] as string)]);
    return [[key, { ...action, ...Object.fromEntries(renamed) }]];
  });
  return { ...source, ...Object.fromEntries(changed) };
}

/** True if a key of an entry names a file, whatever kind of intervention it is. */
export const namesFile = (key: string): boolean =>
  interventionKinds().some(({ files = [] }) => files.includes(key));
