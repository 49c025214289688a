import { partOfUnits } from "../engine/part.ts";

/** Work of all threads in a piece of simulation that they served together. */
export interface TeamPiece {
  readonly wallMs: number;
  /** Time that each thread waited for others in it, ms. */
  readonly waitedMs: readonly number[];
  /** Shares of the network that the threads have. */
  readonly shares: readonly number[];
  /** Cells or columns that they share out. */
  readonly units: number;
  /** Time that it takes to let all begin with other shares, ms. */
  readonly changeMs: number;
}

/** Older work counts less, with this time constant, ms. */
const FORGETTING_MS = 250;
/** Least share, as part of an equal one, before all are made to add up: a slower core is no help. */
const LEAST_SHARE = 0.5;

/** Time for which each thread worked lately, rather than wait for others, ms. */
export function workAfter(
  workMs: readonly number[],
  { wallMs, waitedMs }: TeamPiece,
): readonly number[] {
  const kept = Math.exp(-wallMs / FORGETTING_MS);
  return waitedMs.map(
    (waited, thread) => kept * (workMs[thread] ?? 0) + Math.max(wallMs - waited, 0),
  );
}

/**
 * Shares with which all threads would have worked equally long, each at the speed that it had; or
 * undefined where what would have been saved does not repay the change.
 *
 * Cores differ, by their kind or by what else they compute, and every window lasts as long as the
 * slowest thread takes for its share of the cells.
 */
export function betterShares(
  workMs: readonly number[],
  { shares, units, changeMs }: TeamPiece,
): readonly number[] | undefined {
  const speeds = shares.map((share, thread) => share / Math.max(workMs[thread]!, Number.MIN_VALUE));
  const evenMs = 1 / sum(speeds);
  if (Math.max(...workMs) - evenMs < changeMs) return undefined;
  const bounded = speeds.map((speed) => Math.max(speed * evenMs, LEAST_SHARE / shares.length));
  const better = inUnits(bounded, units);
  const isSame = better.every((share, thread) => share === shares[thread]);
  return isSame || better.includes(0) ? undefined : better;
}

/** Shares of whole units in proportion to some numbers. */
function inUnits(shares: readonly number[], units: number): readonly number[] {
  const whole = sum(shares);
  const partOf = partOfUnits(
    shares.map((share) => share / whole),
    units,
  );
  return shares.map((_, part) => partOf.filter((of) => of === part).length / units);
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
