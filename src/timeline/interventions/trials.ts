import { choice, keys, seed } from "./fields.ts";
import { instantKind } from "./kind.ts";

/** Published seed of repeat trials; unique trials are seeded by the time, ms, plus 1. */
const PUBLISHED_SEED = 1234;

type Input = "unique" | "repeat";

/** The input of the next trial, where the two alternate. */
interface Kept {
  readonly next: Input;
}

export const trials = instantKind({
  key: "trials",
  description:
    "Starts a trial of external input: unique, with its own seeds, or the same in all repeat " +
    "trials.",
  example: "from 0 s every 80 s: trials {}",
  schema: keys({
    input: choice("Kinds of trials.", ["alternating", "unique", "repeat"], "alternating"),
    seed: seed(
      "Seed of repeat trials; unique trials have the seed time in ms + 1 + (this − 1234). " +
        "Default: the run's trialSeed.",
    ).optional(),
  }),
  label: ({ input }) => (input === "alternating" ? "trial" : `${input} trial`),
  models: [2013],
  complete: (action, { trialSeed }) => ({ ...action, seed: action.seed ?? trialSeed }),
  initial: { next: "unique" } as Kept,
  act({ input: wanted, seed: given }, { next }, column) {
    const own = given!;
    const input = wanted === "alternating" ? next : wanted;
    const uniqueSeed = column.timeMs + 1 + (own - PUBLISHED_SEED);
    column.change("reseedExternalInput", input === "unique" ? uniqueSeed : own);
    const kept: Kept = { next: input === "unique" ? "repeat" : "unique" };
    return { kept, events: [{ kind: "trial", input }] };
  },
});
