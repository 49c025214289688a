import { beginningKey, commonUntilMs, type PlannedCourse } from "../../experiment/divergence.ts";
import { durationMs } from "../../model/timeline.ts";

/** Runs that begin alike, and up to when. */
export interface SharedPast {
  /** Places of the runs in the order in which they were added; a single one has no past to share. */
  readonly members: readonly number[];
  readonly commonMs: number;
}

interface Beginning extends SharedPast {
  readonly first: PlannedCourse;
  readonly members: number[];
  commonMs: number;
}

/** A past shorter than this part of the runs is not worth a simulation of its own. */
const SHORTEST_PART = 0.01;

/** Search for the pasts that runs share: each can be simulated once, and its runs branch off it. */
export class PastSearch {
  readonly #beginnings = new Map<string, Beginning>();
  #count = 0;

  add(run: PlannedCourse): void {
    const key = beginningKey(run);
    const known = this.#beginnings.get(key);
    const place = this.#count++;
    if (known) {
      known.members.push(place);
      // What is the same as the first up to some time is the same as each other up to then.
      known.commonMs = Math.min(known.commonMs, commonUntilMs(known.first, run));
    } else this.#beginnings.set(key, { first: run, members: [place], commonMs: Infinity });
  }

  /** The pasts that are worth a simulation of their own. */
  get found(): SharedPast[] {
    return [...this.#beginnings.values()].filter(({ first, members, commonMs }) => {
      const endMs = durationMs(first.parameters);
      return members.length > 1 && commonMs >= SHORTEST_PART * endMs && commonMs < endMs;
    });
  }
}
