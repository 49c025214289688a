/** Lets timers, signals and redraws have their turn. */
export const yieldTurn = () => new Promise<void>((resolve) => setImmediate(resolve));

/**
 * Does long work step by step, and lets others have their turn after each.
 *
 * @throws {DOMException} "AbortError", when the signal comes
 */
export async function inTurns<T>(steps: Generator<void, T>, signal: AbortSignal): Promise<T> {
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done) return step.value;
    await yieldTurn();
    signal.throwIfAborted();
  }
}
