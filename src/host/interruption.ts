import type { StopObserver } from "./turns.ts";

/** A request from outside to stop. */
export interface Interruption extends Required<StopObserver> {
  /** Gives the signals their usual effect back: to end the process. */
  release(): void;
}

/** By these, schedulers say beforehand that a task has to end. */
const schedulerWarnings = ["SIGUSR1", "SIGUSR2"] as const;

/**
 * Heeds Ctrl-C, SIGTERM and SIGHUP, which a terminal sends as it closes: the first asks to stop,
 * the second ends the process at once.
 */
export const heedInterruption = (): Interruption => heed(["SIGINT", "SIGTERM", "SIGHUP"], []);

/**
 * Heeds Ctrl-C as usual, and SIGTERM, SIGHUP, SIGUSR1 and SIGUSR2 however often they come:
 * schedulers send them to all processes of a task, and its script passes them on.
 */
export const heedScheduler = (): Interruption =>
  heed(["SIGINT"], ["SIGTERM", "SIGHUP", ...schedulerWarnings]);

/** Heeds signals of which the second is final, and such that may be repeated. */
function heed(
  impatient: readonly NodeJS.Signals[],
  patient: readonly NodeJS.Signals[],
): Interruption {
  const controller = new AbortController();
  const { signal } = controller;
  const stop = () => controller.abort();
  const stopOnce = () => {
    for (const name of impatient) process.off(name, stopOnce);
    stop();
  };
  const hold = () => {
    for (const name of patient) process.on(name, stop);
    if (!signal.aborted) for (const name of impatient) process.on(name, stopOnce);
  };
  const release = () => {
    for (const name of impatient) process.off(name, stopOnce);
    for (const name of patient) process.off(name, stop);
  };
  hold();
  return { signal, onHold: (holds) => (holds ? hold() : release()), release };
}
