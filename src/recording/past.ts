import * as z from "zod";
import { type RunEvent, trialSchema } from "./run-event.ts";

/** Interventions before the start of a branch's record, as far as they affect it. */
export const pastSchema = z.object({
  /** Deleted cells with their times, ms. */
  deletions: z.array(
    z.object({ timeMs: z.number().nonnegative(), cells: z.array(z.int().nonnegative()) }),
  ),
  /** The trial of external input under way; absent where there is none. */
  trial: trialSchema.optional(),
});

export type Past = z.infer<typeof pastSchema>;

/** The past of a branch that begins after these events, which followed an earlier past. */
export function pastAfter(events: readonly RunEvent[], earlier?: Past): Past {
  const deletions = events.flatMap((event) => {
    if (event.kind !== "deletion" || event.cells.length === 0) return [];
    return [{ timeMs: event.timeMs, cells: [...event.cells] }];
  });
  const trial = events.findLast((event) => event.kind === "trial") ?? earlier?.trial;
  return {
    deletions: [...(earlier?.deletions ?? []), ...deletions],
    ...(trial && { trial }),
  };
}
