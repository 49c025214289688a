import * as z from "zod";

const timeMs = z.number().nonnegative();

/** State of a timeline, as kept in a checkpoint; null stands for never, or for no end. */
export const timelineStateSchema = z.object({
  entries: z.array(
    z.object({
      id: z.string(),
      /** Time at which it begins next, as far as that is known. */
      nextMs: timeMs.nullable(),
      /** While its state holds. */
      heldSinceMs: timeMs.nullable(),
      heldUntilMs: timeMs.nullable(),
      /** Whatever its kind keeps. */
      kept: z.unknown(),
      /** Of a closed loop: when it may begin again. */
      readyMs: timeMs.nullable(),
      /** Spikes that it has counted, by 100 ms. */
      counts: z.array(z.int().nonnegative()).readonly(),
    }),
  ),
  /** Entries whose states hold, in the order in which they began. */
  held: z.array(z.string()),
  /** Factors of external weights, by entry. */
  externalFactors: z.record(z.string(), z.number()).readonly(),
  /** Values that entries share, by their names; none in older records. */
  shared: z.record(z.string(), z.unknown()).readonly().optional(),
  /** The entry that has ended the run, if one has. */
  ended: z.string().optional(),
  /** Time at which the network is looked at next, where anything looks at it. */
  nextLookMs: timeMs.nullable(),
});

export type TimelineState = Readonly<z.infer<typeof timelineStateSchema>>;
