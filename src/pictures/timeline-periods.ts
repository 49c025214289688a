import type { Interval } from "../analysis/interval.ts";
import type { Period } from "../drawing/period.ts";
import type { Manifest } from "../recording/manifest.ts";
import type { RunEvent } from "../recording/run-event.ts";

type RecordedEntry = NonNullable<Manifest["timeline"]>[number];

/**
 * What happened in a run besides what its parameters say: for each entry of its timeline the
 * stretches that it held for, and the instants at which it was carried out.
 */
export function timelinePeriods(
  { timeline = [], durationMs }: Manifest,
  events: readonly RunEvent[],
): Period[] {
  return timeline
    .filter(({ origin }) => origin === "experiment")
    .flatMap((entry): Period[] => {
      const own = events.filter((event) => event.entry === entry.id);
      const parts = partsOf(own, durationMs);
      const [first, last] = [parts[0], parts.at(-1)];
      return first && last
        ? [{ label: labelOf(entry), startMs: first.startMs, endMs: last.endMs, parts }]
        : [];
    });
}

/** An entry that has a name of its own is called by it, too. */
const labelOf = ({ id, what, label }: RecordedEntry): string =>
  id === what || /^-\d+$/.test(id.slice(what.length)) ? label : `${id}: ${label}`;

/** Stretches between a beginning and an end, and instants, which are stretches of no length. */
function partsOf(events: readonly RunEvent[], durationMs: number): Interval[] {
  const parts: Interval[] = [];
  let begunMs: number | undefined;
  for (const event of events) {
    const { timeMs: startMs } = event;
    const phase = phaseOf(event);
    if (phase === "begin") begunMs ??= startMs;
    else if (phase === "end") {
      if (begunMs !== undefined) parts.push({ startMs: begunMs, endMs: startMs });
      begunMs = undefined;
    } else if (phase === "done") parts.push({ startMs, endMs: startMs });
  }
  if (begunMs !== undefined) parts.push({ startMs: begunMs, endMs: durationMs });
  return parts;
}

function phaseOf(event: RunEvent) {
  if (event.kind === "intervention") return event.phase;
  return event.kind === "scaling-on" ? "begin" : "done";
}
