import { describe, expect, it } from "vitest";
import { type Pace, paceAfter, paceAtStart } from "../../src/threads/pace.ts";

/** What a computer does: its speeds, events/ms, and how late other threads come. */
interface Computer {
  readonly alone: number;
  readonly together: number;
  /** Time in which the other threads are waited for, in the first piece together, ms. */
  readonly lateMs?: number;
  readonly possible?: boolean;
}

const CHANGE_MS = 6;
const PIECE_MS = 1;
const SPEED = 20_000;
const idle: Computer = { alone: SPEED, together: 1.7 * SPEED };
const taken: Computer = { alone: SPEED, together: 0.17 * SPEED };

/** A run of so many ms of work on a computer that changes with time; what became of it. */
function course(forMs: number, at: (nowMs: number) => Computer, begun: Pace = paceAtStart()) {
  let pace = begun;
  let events = 0;
  let aloneEvents = 0;
  let togetherMs = 0;
  let attempts = 0;
  let changeMs = 0;
  const startMs = pace.nowMs;
  while (pace.nowMs - startMs < forMs) {
    const { alone, together: all, lateMs = 0, possible = true } = at(pace.nowMs - startMs);
    const { together, nowMs } = pace;
    const pieceEvents = PIECE_MS * (together ? all : alone);
    const wallMs = PIECE_MS + (together && changeMs > 0 ? lateMs : 0);
    pace = paceAfter(pace, {
      ...{ together, wallMs, events: pieceEvents, changeMs },
      isPossible: () => possible,
    });
    changeMs = pace.together === together ? 0 : CHANGE_MS;
    if (together) togetherMs += wallMs;
    else if (pace.together) attempts++;
    events += pieceEvents;
    aloneEvents += (pace.nowMs - nowMs) * alone;
  }
  const wallMs = pace.nowMs - startMs;
  return { pace, attempts, part: togetherMs / wallMs, gain: events / aloneEvents };
}

describe("the pace of threads", () => {
  it("is that of all where cores are free", () => {
    const { part, gain, attempts } = course(10_000, () => idle);
    expect(attempts).toBe(1);
    expect(part).toBeGreaterThan(0.98);
    expect(gain).toBeGreaterThan(1.68);
  });

  it.each([0.05, 0.17, 0.5, 0.85, 1.05])(
    "costs less than a hundredth where they reach %d of one",
    (factor) => {
      const computer = { alone: SPEED, together: factor * SPEED };
      const first = course(10_000, () => computer);
      expect(first.gain).toBeGreaterThan(0.97);
      const { gain, attempts } = course(60_000, () => computer, first.pace);
      expect(gain).toBeGreaterThan(0.99);
      // Free cores are still found within seconds.
      expect(attempts).toBeGreaterThan(5);
      const { part } = course(20_000, () => idle, first.pace);
      expect(part).toBeGreaterThan(0.7);
    },
  );

  it("costs little where a thread gets hardly any time", () => {
    const { gain } = course(240_000, () => ({ ...taken, lateMs: 1000 }));
    expect(gain).toBeGreaterThan(0.97);
  });

  it("follows a load that comes and goes", () => {
    const every = (periodMs: number) => (nowMs: number) =>
      nowMs % (2 * periodMs) < periodMs ? taken : idle;
    expect(course(40_000, every(10_000)).gain).toBeGreaterThan(1.15);
    for (const periodMs of [5, 20, 100, 300, 1000]) {
      expect(course(20_000, every(periodMs)).gain).toBeGreaterThan(0.97);
    }
  });

  it("is kept up where another process takes a core for a moment", () => {
    const interrupted = (nowMs: number) => (nowMs % 100 < 4 ? taken : idle);
    const { part, gain } = course(10_000, interrupted);
    expect(part).toBeGreaterThan(0.95);
    expect(gain).toBeGreaterThan(1.55);
  });

  it("is taken up again soon after a long interruption", () => {
    const { pace } = course(5000, () => idle);
    const stopped = {
      together: true,
      isPossible: () => true,
      wallMs: 3_600_000,
      events: 1,
      changeMs: 0,
    };
    const after = paceAfter(pace, stopped);
    expect(after.together).toBe(false);
    expect(course(5000, () => idle, after).part).toBeGreaterThan(0.8);
  });

  it("does not mistake events that take longer for a load", () => {
    const dearer = (nowMs: number) => {
      const factor = 1 / (1 + nowMs / 10_000);
      return { alone: SPEED * factor, together: 1.6 * SPEED * factor };
    };
    expect(course(60_000, dearer).gain).toBeGreaterThan(1.5);
    // A one-off change is found out by measuring one thread again.
    const sudden = (nowMs: number) => (nowMs < 5000 ? idle : { alone: 5000, together: 8000 });
    expect(course(20_000, sudden).gain).toBeGreaterThan(1.5);
  });

  it("does not take a thread that is often interrupted for a slow one", () => {
    // Two other processes share the cores with one thread, which so has two thirds; then they end.
    const shared = (nowMs: number) => ({
      alone: nowMs < 5000 && nowMs % 9 >= 6 ? 1 : SPEED,
      together: 0.8 * SPEED,
    });
    expect(course(20_000, shared).part).toBeLessThan(0.05);
  });

  it("is that of one where the network cannot be served in parts", () => {
    const { attempts } = course(5000, () => ({ ...idle, possible: false }));
    expect(attempts).toBe(0);
  });

  it("goes on alone for a while when the threads had to part", () => {
    const { pace } = course(5000, () => idle);
    expect(pace.together).toBe(true);
    const apart = paceAfter(pace, {
      together: false,
      isPossible: () => true,
      wallMs: 2,
      events: 2 * SPEED,
      changeMs: 6,
    });
    expect(apart.together).toBe(false);
    expect(course(1000, () => idle, apart).part).toBeGreaterThan(0.9);
  });

  it("leaves the first second to one thread where that is said", () => {
    const { attempts } = course(900, () => idle, paceAtStart(1000));
    expect(attempts).toBe(0);
    expect(course(2000, () => idle, paceAtStart(1000)).attempts).toBe(1);
  });
});
