import { clockText } from "../../web/page/time-window.ts";
import type { ViewedSession } from "./viewed-session.ts";

interface SessionProps {
  readonly session: ViewedSession;
}

/** Source of the picture: the record, or what goes on live from it. */
export function RecordLine({ session }: SessionProps) {
  const record = session.record.value;
  const loading = session.loading.value;
  const fork = session.fork.value;
  if (loading) {
    return (
      <p class="note loading" role="status">
        {loading.text}
        {loading.done > 0 && `: ${Math.round(100 * loading.done)} %`} …
        <progress {...(loading.done > 0 && { value: loading.done })} aria-label={loading.text} />
      </p>
    );
  }
  if (!record) return null;
  const { column, spikeCount, reachedMs, branchMs, pastLabels, notes } = record;
  const past =
    branchMs === undefined
      ? ""
      : `, a branch of ${pastLabels.at(-1)} at ${clockText(branchMs)}, whose record is shown before`;
  return (
    <div class="record-line">
      <p>
        <strong>{column.description}</strong>: {grouped(spikeCount)} recorded spikes until{" "}
        {clockText(reachedMs)}
        {past}
        {record.state === "recording" && "; it is being recorded, and followed"}.
        {fork && <> Continued live from {clockText(fork.timeMs)}.</>}
      </p>
      {notes.map((note) => (
        <p class="note" key={note}>
          {note}
        </p>
      ))}
    </div>
  );
}

const grouped = (count: number): string => count.toLocaleString("en").replaceAll(",", " ");

/** Continues a record live, or goes back to it. */
export function Continuation({ session }: SessionProps) {
  const record = session.record.value;
  const fork = session.fork.value;
  const { timeMs, isSeeking } = session.standing.value;
  if (!record) return null;
  if (!fork) {
    return (
      <div class="deeds">
        <button type="button" class="deed main" onClick={() => session.continueHere()}>
          Continue live from {clockText(timeMs)}
        </button>
      </div>
    );
  }
  const { fromMs, timeMs: forkMs } = fork;
  const done = (timeMs - fromMs) / Math.max(1, forkMs - fromMs);
  return (
    <div class="deeds">
      <button type="button" class="deed" onClick={() => session.returnTo(forkMs)}>
        Back to the record
      </button>
      {isSeeking && timeMs < forkMs && (
        <span class="note" role="status">
          Simulating again from {clockText(fromMs)}, where its state is known:{" "}
          {Math.round(100 * done)} %
        </span>
      )}
    </div>
  );
}
