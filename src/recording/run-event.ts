import * as z from "zod";
import { numberJson, parseNumberJson } from "../encoding/number-json.ts";
import { checkCells } from "../encoding/spike-codec.ts";

const timeMs = z.number().nonnegative();

/** Any number, also those that JSON lacks. */
const anyNumber = z.custom<number>((value) => typeof value === "number");

/** A scale factor; version 0.2.0 wrote null for those that JSON lacks. */
const scaleFactor = anyNumber.or(z.null()).transform((value) => value ?? Number.NaN);

/** The entry of the timeline that it is due to; none where the parameters alone name it. */
const entry = z.string().optional();

/** The beginning of a trial of external input. */
export const trialSchema = z.object({
  kind: z.literal("trial"),
  timeMs,
  entry,
  input: z.enum(["unique", "repeat"]),
});

const runEventSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("scaling-on"), timeMs, entry }),
  trialSchema,
  z.object({
    kind: z.literal("deletion"),
    timeMs,
    entry,
    cells: z.array(z.int().nonnegative()).readonly(),
    /** Scale factors that the cells died with, in the order of `cells`. */
    scaleFactors: z.array(scaleFactor).readonly(),
    livingCount: z.int().nonnegative(),
    /** Of a cell that died by itself: the draw, and the probability that it did not exceed. */
    draw: z.number().optional(),
    probability: z.number().optional(),
  }),
  z.object({
    kind: z.literal("intervention"),
    timeMs,
    entry,
    /** Kind of intervention, as named in files. */
    what: z.string(),
    /** A state begins or ends, something is done, or can no longer be done. */
    phase: z.enum(["begin", "end", "done", "exhausted"]),
    detail: z.record(z.string(), z.json().or(anyNumber)).optional(),
  }),
]);

/**
 * Event of the network at one time: scaling turned on, start of a trial of external input, deletion
 * of cells, or another intervention.
 */
export type RunEvent = Readonly<z.infer<typeof runEventSchema>>;

/**
 * Note on an entry that can no longer take place, as too few cells live; none on other events.
 *
 * @param name of the entry
 */
export const exhaustionNotes = (event: RunEvent, name: string | undefined): string[] =>
  event.kind === "intervention" && event.phase === "exhausted"
    ? [
        `${name} has no effect from ${event.timeMs / 1000} s on: ` +
          `${event.detail?.["wanted"]} cells to ${event.what}, ${event.detail?.["living"]} alive.`,
      ]
    : [];

/** Note on an entry that has ended a run before its duration was over; none on other events. */
export const endNotes = (event: RunEvent, durationMs: number): string[] =>
  event.kind === "intervention" && event.what === "end" && event.timeMs < durationMs
    ? [
        `${event.entry} ended the run at ${event.timeMs / 1000} s of ${durationMs / 1000} s. ` +
          `A branch from there goes on without it: --add "remove ${event.entry}".`,
      ]
    : [];

export function encodeEvent(event: RunEvent): Uint8Array {
  return new TextEncoder().encode(numberJson(event));
}

/** @throws when it is no event, or one of other cells than the network's */
export function decodeEvent(payload: Uint8Array, cellCount: number): RunEvent {
  const event = runEventSchema.parse(parseNumberJson(new TextDecoder().decode(payload)));
  if (event.kind === "deletion") checkCells(event.cells, cellCount);
  return event;
}
