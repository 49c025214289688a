const signals = ["SIGINT", "SIGTERM"] as const;

/** A request from outside to stop. */
export interface Interruption {
  readonly signal: AbortSignal;
  /** Gives the signals their usual effect back: to end the process. */
  release(): void;
}

/** Heeds Ctrl-C and SIGTERM: the first asks to stop, the second ends the process at once. */
export function heedInterruption(): Interruption {
  const controller = new AbortController();
  const release = () => {
    for (const signal of signals) process.off(signal, stop);
  };
  const stop = () => {
    release();
    controller.abort();
  };
  for (const signal of signals) process.on(signal, stop);
  return { signal: controller.signal, release };
}
