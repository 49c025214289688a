/** Lets timers, signals and redraws have their turn. */
export const yieldTurn = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Observer that can stop work. */
export interface StopObserver {
  readonly signal: AbortSignal;
  /** Receives false while the process may be ended at once, and true while it must first complete a file. */
  readonly onHold?: (holds: boolean) => void;
}

/**
 * Does work that others have no turn in, and that is as good as not begun wherever it breaks off:
 * meanwhile signals end the process at once.
 *
 * @throws {DOMException} "AbortError", when the signal has come before
 */
export async function unheld<T>({ signal, onHold }: StopObserver, work: () => T): Promise<T> {
  // A signal may take two turns to be heard, and would be lost once nobody listens.
  for (let turn = 0; turn < 2; turn++) await yieldTurn();
  signal.throwIfAborted();
  onHold?.(false);
  try {
    return work();
  } finally {
    onHold?.(true);
  }
}

/** Time for which others wait for their turn at most, besides a step, ms. */
const TURN_MS = 20;

/**
 * Does long work step by step, and lets others have their turn whenever it has taken a while.
 *
 * @throws {DOMException} "AbortError", when the signal comes
 */
export async function inTurns<S, T>(
  steps: Generator<S, T>,
  signal: AbortSignal,
  onStep?: (step: S) => void,
): Promise<T> {
  let turnAt = performance.now();
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done) return step.value;
    onStep?.(step.value);
    if (performance.now() - turnAt < TURN_MS) continue;
    await yieldTurn();
    signal.throwIfAborted();
    turnAt = performance.now();
  }
}
