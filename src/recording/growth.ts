import type { RunEvent } from "./run-event.ts";

/** Growth factor of the targets from a time on. */
export interface GrowthUpdate {
  readonly timeMs: number;
  readonly factor: number;
}

/** Growth factors that events record, in order of time: one for each sample of the 2014 model. */
export const growthCourse = (events: readonly RunEvent[]): GrowthUpdate[] =>
  events.flatMap((event) =>
    event.kind === "intervention" && event.what === "growth" && event.detail
      ? [{ timeMs: event.timeMs, factor: Number(event.detail["factor"]) }]
      : [],
  );
