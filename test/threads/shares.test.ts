import { describe, expect, it } from "vitest";
import { partOfUnits } from "../../src/engine/part.ts";
import { betterShares, workAfter } from "../../src/threads/shares.ts";
import { randomNumbers } from "../recording/small-run.ts";

const CELLS = 470;
const CHANGE_MS = 3;
const PIECE_MS = 4;

/** A run on cores of some speeds, network/ms; each piece lasts as long as the slowest thread takes. */
function course(
  forMs: number,
  speedsAt: (nowMs: number) => readonly number[],
  { units = CELLS, jitter = () => 1 }: { units?: number; jitter?: () => number } = {},
) {
  let shares: readonly number[] = speedsAt(0).map((_, __, { length }) => 1 / length);
  let workMs: readonly number[] = [];
  let changes = 0;
  let served = 0;
  let possible = 0;
  let nowMs = 0;
  while (nowMs < forMs) {
    const speeds = speedsAt(nowMs);
    const ownMs = shares.map((share, thread) => (share * PIECE_MS * jitter()) / speeds[thread]!);
    const wallMs = Math.max(...ownMs);
    const waitedMs = ownMs.map((ms) => wallMs - ms);
    const piece = { wallMs, waitedMs, shares, units, changeMs: CHANGE_MS };
    nowMs += wallMs;
    served += PIECE_MS;
    possible += wallMs * speeds.reduce((sum, speed) => sum + speed, 0);
    workMs = workAfter(workMs, piece);
    const better = betterShares(workMs, piece);
    if (!better) continue;
    shares = better;
    workMs = [];
    changes++;
    nowMs += CHANGE_MS;
    possible += CHANGE_MS * speeds.reduce((sum, speed) => sum + speed, 0);
  }
  return { shares, changes, gain: served / possible };
}

describe("shares of threads", () => {
  it("stay equal where cores are equally fast, apart from chance", () => {
    const random = randomNumbers(1);
    const jitter = () => 0.9 + 0.2 * random();
    const { shares, changes } = course(60_000, () => [1, 1], { jitter });
    expect(changes).toBeLessThan(10);
    expect(shares[0]).toBeCloseTo(0.5, 1);
  });

  it("become those of the cores' speeds", () => {
    for (const speeds of [
      [1, 0.7],
      [0.6, 1, 1],
      [1, 1.1, 0.9, 0.7],
    ]) {
      const { shares, changes, gain } = course(2000, () => speeds);
      const whole = speeds.reduce((sum, speed) => sum + speed, 0);
      shares.forEach((share, thread) => {
        expect(share).toBeCloseTo(speeds[thread]! / whole, 1);
      });
      expect(changes).toBeGreaterThan(0);
      expect(gain).toBeGreaterThan(0.96);
    }
  });

  it("follow cores whose speeds change", () => {
    const fast = (nowMs: number) => (nowMs % 4000 < 2000 ? [1, 0.6] : [0.6, 1]);
    expect(course(40_000, fast).gain).toBeGreaterThan(0.93);
    const never = (nowMs: number) => (nowMs % 100 < 50 ? [1, 0.6] : [0.6, 1]);
    const equal = 1.2 / 1.6;
    expect(course(40_000, never).gain).toBeGreaterThan(0.93 * equal);
  });

  it("leave even the slowest core some cells, or a column", () => {
    expect(course(4000, () => [1, 0.01]).shares[1]).toBeGreaterThan(0.2);
    expect(course(4000, () => [1, 0.01], { units: 2 }).shares).toEqual([0.5, 0.5]);
  });

  it("stay as they are where whole columns cannot be shared out better", () => {
    expect(course(4000, () => [1, 0.8], { units: 2 })).toMatchObject({
      shares: [0.5, 0.5],
      changes: 0,
    });
  });
});

describe("units of parts", () => {
  it("are taken in turns where shares are equal", () => {
    expect([...partOfUnits([1 / 3, 1 / 3, 1 / 3], 7)]).toEqual([0, 1, 2, 0, 1, 2, 0]);
  });

  it("are as many as each share says, everywhere", () => {
    const shares = [0.5, 0.2, 0.3];
    const partOf = partOfUnits(shares, 1000);
    for (const from of [0, 300, 990]) {
      shares.forEach((share, part) => {
        const own = partOf.subarray(from, from + 10).filter((of) => of === part).length;
        expect(Math.abs(own - 10 * share)).toBeLessThanOrEqual(1);
      });
    }
  });
});
