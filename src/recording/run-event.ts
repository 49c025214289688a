import { z } from "zod";

const timeMs = z.number().nonnegative();

const runEventSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("scaling-on"), timeMs }),
  z.object({ kind: z.literal("trial"), timeMs, input: z.enum(["unique", "repeat"]) }),
  z.object({
    kind: z.literal("deletion"),
    timeMs,
    cells: z.array(z.int().nonnegative()).readonly(),
    /** Scale factors that the cells died with, in the order of `cells`. */
    scaleFactors: z.array(z.number()).readonly(),
    livingCount: z.int().nonnegative(),
  }),
]);

/** What was done to the network at one time: scaling on, a trial of external input, a deletion. */
export type RunEvent = Readonly<z.infer<typeof runEventSchema>>;

export function encodeEvent(event: RunEvent): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(event));
}

export function decodeEvent(payload: Uint8Array): RunEvent {
  return runEventSchema.parse(JSON.parse(new TextDecoder().decode(payload)));
}
