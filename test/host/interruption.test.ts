import { afterEach, expect, it } from "vitest";
import { heedInterruption, heedScheduler, type Interruption } from "../../src/host/interruption.ts";

let interruption: Interruption | undefined;

afterEach(() => interruption?.release());

const asking = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

it.each(asking)("%s asks to stop, and the next one is not held back", (signal) => {
  const listeners = () => asking.reduce((count, one) => count + process.listenerCount(one), 0);
  const before = listeners();
  interruption = heedInterruption();
  expect(interruption.signal.aborted).toBe(false);
  expect(listeners()).toBe(before + asking.length);
  process.emit(signal);
  expect(interruption.signal.aborted).toBe(true);
  expect(listeners()).toBe(before);
});

it("gives the signals back without having stopped anything", () => {
  const before = process.listenerCount("SIGINT");
  interruption = heedInterruption();
  interruption.release();
  expect(process.listenerCount("SIGINT")).toBe(before);
  expect(interruption.signal.aborted).toBe(false);
});

it.each(["SIGTERM", "SIGHUP", "SIGUSR1", "SIGUSR2"] as const)(
  "%s asks a scheduler's task to stop, however often it comes",
  (signal) => {
    const before = process.listenerCount(signal);
    interruption = heedScheduler();
    process.emit(signal);
    expect(interruption.signal.aborted).toBe(true);
    expect(process.listenerCount(signal)).toBe(before + 1);
    process.emit(signal);
    interruption.release();
    expect(process.listenerCount(signal)).toBe(before);
  },
);
