/** Distance of the seeds of neighbouring external streams: stream j has inputSeed + 10 · j. */
export const INPUT_SEED_STEP = 10;

/** The same in trials of deletion runs: stream j has the trial's seed + j. */
export const TRIAL_SEED_STEP = 1;

/** Seeds are 32-bit words, and so are those of streams. */
const SEEDS = 0x1_0000_0000;

/** Two seeds that give streams the same random numbers, and by how many streams these are shifted. */
export interface SharedSeeds {
  readonly a: number;
  readonly b: number;
  readonly offset: number;
}

/**
 * Seeds of which some stream's seed is also that of another's: a + step · j = b + step · k, mod 2³².
 *
 * @param seeds distinct, from 0 to 2³² − 1
 * @param streams of a column
 * @returns how many of the seeds have such a neighbour above them, and the first that has
 */
export function sharedSeeds(
  seeds: readonly number[],
  step: number,
  streams: number,
): { readonly count: number; readonly first: SharedSeeds | undefined } {
  const reach = step * streams;
  const beyond = seeds.filter((seed) => seed < reach).map((seed) => seed + SEEDS);
  const sorted = [...seeds, ...beyond].sort((a, b) => (a % step) - (b % step) || a - b);
  const shared = sorted.flatMap((b, k): SharedSeeds[] => {
    const a = sorted[k - 1];
    if (a === undefined || a >= SEEDS || (b - a) % step !== 0 || b - a >= reach) return [];
    return [{ a, b: b % SEEDS, offset: (b - a) / step }];
  });
  return { count: shared.length, first: shared[0] };
}
