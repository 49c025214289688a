import type { LiveSession } from "./live-session.ts";
import { placedMarks } from "./placed-marks.ts";
import { clockText, leastWholeMs, windowLengthMs, windowLengths } from "./time-window.ts";

const speeds: readonly (readonly [label: string, speed: number])[] = [
  ["real time", 1],
  ["× 10", 10],
  ["as fast as it goes", Infinity],
];

/** Play and pause, the speed, and all that is known of time, with what was done as marks. */
export function TimeBar({ session }: { readonly session: LiveSession }) {
  const { timeMs, reachedMs, isPlaying, isSeeking, speed, marks } = session.standing.value;
  const ghostMs = Math.max(0, ...session.ghosts.value.map(({ chronicle }) => chronicle.untilMs));
  const extentMs = Math.max(leastWholeMs.value, session.knownMs.value);
  const wanted = session.wantedSpeed.value;
  const isSlow = isPlaying && speed > 0 && speed < 0.9 * wanted;
  return (
    <div class="time-bar">
      <button
        type="button"
        class="play"
        aria-label={isPlaying ? "Pause" : "Play"}
        onClick={() => session.togglePlay()}
      >
        <svg viewBox="0 0 16 16" aria-hidden="true">
          <path d={isPlaying ? "M4 2h3v12H4zM9 2h3v12H9z" : "M4 2l9 6-9 6z"} />
        </svg>
      </button>
      <output class="clock" aria-label="Simulated time">
        {clockText(timeMs)}
      </output>
      <div class="track">
        <input
          type="range"
          aria-label="Moment"
          aria-valuetext={clockText(timeMs)}
          min={0}
          max={extentMs}
          step={10}
          value={timeMs}
          onChange={({ currentTarget }) => session.goTo(Number(currentTarget.value), 5000)}
        />
        {ghostMs > reachedMs && (
          <span
            class="ghost-extent"
            style={{
              left: `${(100 * reachedMs) / extentMs}%`,
              width: `${(100 * (ghostMs - reachedMs)) / extentMs}%`,
            }}
          />
        )}
        {placedMarks(marks, extentMs).map(({ timeMs: markMs, label, place }) => (
          <button
            key={markMs}
            type="button"
            class="mark"
            style={{ left: `${100 * place}%` }}
            title={`${label}, ${clockText(markMs)}`}
            aria-label={`Go to ${clockText(markMs)}: ${label}`}
            onClick={() => session.goTo(markMs, 5000)}
          />
        ))}
      </div>
      <label class="speed">
        <span class="visually-hidden">Speed</span>
        <select
          value={String(wanted)}
          onChange={({ currentTarget }) => session.setSpeed(Number(currentTarget.value))}
        >
          {speeds.map(([label, one]) => (
            <option key={label} value={String(one)}>
              {label}
            </option>
          ))}
        </select>
      </label>
      <span class="reached">
        {isSeeking
          ? "on its way …"
          : isPlaying && speed > 0
            ? `× ${speed < 10 ? speed.toFixed(1) : speed.toFixed(0)}`
            : ""}
        {isSlow && Number.isFinite(wanted) && <span class="why"> (as fast as it goes)</span>}
      </span>
      <label class="window">
        Shown
        <select
          value={String(windowLengthMs.value)}
          onChange={({ currentTarget: { value } }) => {
            windowLengthMs.value = value === "undefined" ? undefined : Number(value);
          }}
        >
          {lengthsWith(windowLengthMs.value).map(([label, lengthMs]) => (
            <option key={label} value={String(lengthMs)}>
              {label}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}

/** Lengths to choose from, and the present one. */
const lengthsWith = (lengthMs: number | undefined): typeof windowLengths =>
  windowLengths.some(([, one]) => one === lengthMs)
    ? windowLengths
    : [[lengthText(lengthMs!), lengthMs], ...windowLengths];

const lengthText = (lengthMs: number): string =>
  lengthMs < 1000 ? `${Number(lengthMs.toPrecision(2))} ms` : clockText(lengthMs);
