export const exitCodes = { done: 0, failed: 1, badUsage: 2, interrupted: 130 } as const;

/** What was asked for cannot be done; the message says what can. Nothing was written. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
