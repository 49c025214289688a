import { distance } from "fastest-levenshtein";

/** A name that shares so many letters in a row is meant, whatever stands around them. */
const SHORTEST_PART = 4;

/** Letters that may differ: half of the shortest names, no more than about a quarter of longer ones. */
const mostEdits = (length: number): number =>
  Math.max(1, Math.min(Math.floor(length / 2), 1 + Math.floor(length / 4)));

/**
 * The known name that was most likely meant, whatever the case of its letters: one that differs in
 * few of them, or the shortest that the text is a part of. Undefined if none is near.
 */
export function nearestName(text: string, known: readonly string[]): string | undefined {
  const folded = text.toLowerCase();
  const edits = known.map((name) => distance(folded, name.toLowerCase()));
  const fewest = Math.min(...edits);
  if (fewest <= mostEdits(text.length)) return known[edits.indexOf(fewest)];
  if (text.length < SHORTEST_PART) return undefined;
  const containing = known.filter((name) => name.toLowerCase().includes(folded));
  return containing.toSorted((a, b) => a.length - b.length)[0];
}

/** "Did you mean …?" where a name is near, and else how all of them are listed. */
export const nameHint = (nearest: string | undefined, listing: string): string =>
  nearest === undefined ? `${listing} shows all.` : `Did you mean ${nearest}?`;

/** Message about an unknown key: a similar key, or all keys. */
export function unknownKey(key: string, known: readonly string[]): string {
  const nearest = nearestName(key, known);
  return nearest === undefined
    ? `unknown key. Expected one of ${known.join(", ")}.`
    : `unknown key. Did you mean ${nearest}?`;
}
