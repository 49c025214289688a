import type { InterventionKind } from "./interventions/kind.ts";
import type { When } from "./when.ts";

/** An entry of a timeline as in experiment files, such as `{ at: "5 s", external: 0.5 }`. */
export type EntrySource = { readonly [key: string]: unknown };

/** An entry that is understood: what is done when. */
export interface Entry {
  readonly id: string;
  /** True if the parameters alone ask for it, or a file, a command or a call. */
  readonly origin: "parameters" | "experiment";
  readonly when: When;
  readonly kind: InterventionKind;
  readonly action: unknown;
  readonly source: EntrySource;
}

/** True if two entries do the same at the same times. */
export const isSameEntry = (one: Entry, other: Entry): boolean =>
  one.kind === other.kind &&
  JSON.stringify(one.when) === JSON.stringify(other.when) &&
  isSameAction(one, other);

export const isSameAction = (one: Entry, other: Entry): boolean =>
  one.kind === other.kind && JSON.stringify(one.action) === JSON.stringify(other.action);

/** True if a timeline does something of a kind; to turn it off is not to do it. */
export const doesOf = (timeline: readonly Entry[], what: string): boolean =>
  timeline.some(({ kind, action }) => kind.key === what && action !== false);
