export const exitCodes = { done: 0, failed: 1, badUsage: 2, interrupted: 130 } as const;

/** Request that cannot be fulfilled; the message says what can. Nothing was written. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
