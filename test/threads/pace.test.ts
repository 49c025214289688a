import { describe, expect, it } from "vitest";
import { paceAfter, paceAtStart } from "../../src/threads/pace.ts";
import { randomNumbers } from "../recording/small-run.ts";

/** What a computer does at some time. */
interface Computer {
  /** Speed of one thread on a core, and the part of a core that it gets. */
  readonly speed: number;
  readonly share: number;
  /** Speed of all relative to one that gets a core. */
  readonly gain: number;
  /** True if no other process uses the cores for the other threads. */
  readonly idle: boolean;
  /** Time in which the other threads are waited for, in the first piece together, ms. */
  readonly lateMs?: number;
}

const SPEED = 30_000;
const idle: Computer = { speed: SPEED, share: 1, gain: 1.5, idle: true };
const taken: Computer = { ...idle, gain: 0.2, idle: false };
/** Cores whose use by others cannot be seen, as that of a quota. */
const unseen = (gain: number): Computer => ({ ...idle, gain });

const CHANGE_MS = 3;
/** Cores are observed for so long before threads begin together. */
const OBSERVED_MS = 100;
const BLOCK_EVENTS = 160_000;
/** Parts of a block's time: its input is drawn in the first piece. */
const pieces = [0.475, 0.175, 0.175, 0.175];

/** A run of so many ms on a computer that changes with time; what became of it. */
function course(
  forMs: number,
  at: (nowMs: number) => Computer,
  { begun = paceAtStart, blockEvents = BLOCK_EVENTS } = {},
) {
  let pace = begun;
  let nowMs = 0;
  let aloneMs = 0;
  let togetherMs = 0;
  let attempts = 0;
  let changeMs = 0;
  let observed = { sinceMs: 0, idleMs: 0, part: 0 };
  const isIdle = () => {
    const forMs = nowMs - observed.sinceMs;
    if (forMs >= OBSERVED_MS) {
      observed = { sinceMs: nowMs, idleMs: 0, part: observed.idleMs / forMs };
    }
    return observed.part >= 0.75;
  };
  for (let k = 0; nowMs < forMs; k++) {
    const computer = at(nowMs);
    const { together } = pace;
    const alone = (pieces[k % 4]! * blockEvents) / computer.speed;
    const late = together && changeMs > 0 ? (computer.lateMs ?? 0) : 0;
    const wallMs = late + alone / (together ? computer.gain : computer.share);
    nowMs += wallMs + changeMs;
    if (computer.idle) observed.idleMs += wallMs;
    aloneMs += alone / computer.share;
    pace = paceAfter(pace, {
      ...{ together, wallMs, cpuMs: together ? 2 * wallMs : alone },
      ...{ events: blockEvents / 4, changeMs, endsBlock: k % 4 === 3 },
      isPossible: isIdle,
    });
    changeMs = pace.together === together ? 0 : CHANGE_MS;
    if (together) togetherMs += wallMs;
    if (changeMs > 0) {
      observed = { sinceMs: nowMs, idleMs: 0, part: 0 };
      if (pace.together) attempts++;
    }
  }
  return { pace, attempts, part: togetherMs / nowMs, gain: aloneMs / nowMs };
}

describe("the pace of threads", () => {
  it.each([0.5, 1, 4])(
    "is that of all where cores are idle, in blocks %d times as long",
    (factor) => {
      const options = { blockEvents: factor * BLOCK_EVENTS };
      const { part, gain, attempts } = course(10_000, () => idle, options);
      expect(attempts).toBe(1);
      expect(part).toBeGreaterThan(0.97);
      expect(gain).toBeGreaterThan(0.97 * idle.gain);
    },
  );

  it.each([0.05, 0.5, 1.05])(
    "costs little where they reach %d of one for a reason that cannot be seen",
    (gain) => {
      for (const factor of [0.5, 4]) {
        const options = { blockEvents: factor * BLOCK_EVENTS };
        expect(course(20_000, () => unseen(gain), options).gain).toBeGreaterThan(0.96);
      }
      const { pace, attempts } = course(20_000, () => unseen(gain));
      expect(attempts).toBeGreaterThan(2);
      // Idle cores are still found within seconds.
      expect(course(20_000, () => idle, { begun: pace }).part).toBeGreaterThan(0.6);
    },
  );

  it("costs little where a thread gets hardly any time", () => {
    const { gain } = course(60_000, () => ({ ...unseen(0.2), lateMs: 1000 }));
    expect(gain).toBeGreaterThan(0.96);
  });

  it("tries nothing while others use the cores", () => {
    expect(course(10_000, () => taken).attempts).toBe(0);
  });

  const others = [1, 2 / 3];
  it.each(others)("follows a load that comes and goes, with %d of a core for one", (share) => {
    const busy = { ...taken, share };
    for (const periodMs of [5, 20, 100, 130, 300, 1000, 5000]) {
      const { gain } = course(20_000, (nowMs) => (nowMs % (2 * periodMs) < periodMs ? busy : idle));
      expect(gain).toBeGreaterThan(0.97);
      if (periodMs >= 1000) expect(gain).toBeGreaterThan(1.15);
    }
  });

  it.each(others)("follows loads of any length, with %d of a core for one", (share) => {
    for (let seed = 1; seed <= 6; seed++) {
      const random = randomNumbers(seed);
      let untilMs = 0;
      let computer = idle;
      const { gain } = course(20_000, (nowMs) => {
        while (untilMs <= nowMs) {
          untilMs += 10 ** (4 * random());
          computer = { ...idle, share, gain: 0.1 + random(), idle: random() < 0.3 };
          if (random() < 0.3) computer = idle;
        }
        return computer;
      });
      expect(gain).toBeGreaterThan(0.95);
    }
  });

  it("is kept up where another process takes a core for a moment", () => {
    const { part, gain } = course(10_000, (nowMs) => (nowMs % 100 < 4 ? taken : idle));
    expect(part).toBeGreaterThan(0.95);
    expect(gain).toBeGreaterThan(1.35);
  });

  const stopped = { wallMs: 3_600_000, cpuMs: 5, events: 1, changeMs: 0, endsBlock: true };

  it("is taken up again within a minute of a long interruption", () => {
    const { pace: begun } = course(5000, () => idle);
    const after = paceAfter(begun, { ...stopped, together: true, isPossible: () => true });
    expect(after.together).toBe(false);
    expect(
      course(120_000, () => idle, { begun: after, blockEvents: 8 * BLOCK_EVENTS }).part,
    ).toBeGreaterThan(0.5);
  });

  it("does not take an interruption for a slow thread", () => {
    const { pace: begun } = course(90, () => idle);
    const after = paceAfter(begun, { ...stopped, together: false, isPossible: () => false });
    expect(after.aloneSpeed).toBeCloseTo(begun.aloneSpeed, -4);
  });

  it("does not mistake events that take longer for a load", () => {
    const dearer = (nowMs: number) => ({ ...idle, speed: SPEED / (1 + nowMs / 10_000) });
    expect(course(30_000, dearer).gain).toBeGreaterThan(1.4);
    const sudden = (nowMs: number) => ({ ...idle, speed: nowMs < 5000 ? SPEED : SPEED / 5 });
    expect(course(20_000, sudden).gain).toBeGreaterThan(1.4);
  });

  it("goes on alone for a while when the threads had to part", () => {
    const { pace: begun } = course(5000, () => idle);
    expect(begun.together).toBe(true);
    const piece = { wallMs: 2, cpuMs: 2, events: 2 * SPEED, changeMs: 3, endsBlock: false };
    const apart = paceAfter(begun, { ...piece, together: false, isPossible: () => true });
    expect(apart.together).toBe(false);
    expect(course(1000, () => idle, { begun: apart }).part).toBeGreaterThan(0.8);
  });
});
