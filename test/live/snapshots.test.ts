import { expect, it } from "vitest";
import { Snapshots } from "../../src/live/session/snapshots.ts";

/** A snapshot of so many bytes. */
const snapshot = (timeMs: number, bytes = 10) => ({
  timeMs,
  entries: [],
  state: { timeline: undefined, engine: new Uint8Array(bytes), engineLayout: "" },
});

/** Plays for a while, with a snapshot whenever one is due. */
function played(untilMs: number, bytes?: number): Snapshots {
  const snapshots = new Snapshots();
  for (let timeMs = 0; timeMs <= untilMs; timeMs = snapshots.dueAfter(timeMs)) {
    snapshots.add(timeMs, () => snapshot(timeMs, bytes));
  }
  return snapshots;
}

it("keeps few, however long it is played, and always the first", () => {
  const snapshots = played(160_000_000);
  expect(snapshots.count).toBeLessThanOrEqual(64);
  expect(snapshots.count).toBeGreaterThan(31);
  expect(snapshots.before(4000)?.timeMs).toBe(0);
  expect(160_000_000 - snapshots.before(160_000_000)!.timeMs).toBeLessThan(160_000_000 / 31);
});

it("keeps the fewer the larger they are", () => {
  expect(played(3_600_000, 8e6).count).toBeLessThanOrEqual(6);
});

it("finds the last before a time, and leaves those of another future behind", () => {
  const snapshots = played(61_440);
  expect(snapshots.before(34_990)?.timeMs).toBe(30_720);
  const copy = snapshots.copyUntil(30_720);
  expect(copy.before(61_440)?.timeMs).toBe(30_720);
  expect(copy.dueAfter(30_720)).toBe(35_840);
  expect(snapshots.before(61_440)?.timeMs).toBe(61_440);
});
