import { useSignal } from "@preact/signals";
import type { CatalogueRun } from "../../viewing/catalogue.ts";
import { Panel } from "../../web/page/panel.tsx";
import { clockText } from "../../web/page/time-window.ts";
import type { ViewedSession } from "./viewed-session.ts";

/** A list longer than this can be searched. */
const LONG = 8;

/** No more rows are shown at once. */
const MOST_ROWS = 200;

const states: Readonly<Record<CatalogueRun["state"], string>> = {
  complete: "complete",
  interrupted: "interrupted",
  recording: "being recorded",
  stopped: "stopped without an end",
  failed: "failed",
  damaged: "damaged",
  waiting: "not begun",
};

/** All runs of the directory, to choose one from. */
export function RunList({ session }: { readonly session: ViewedSession }) {
  const wanted = useSignal("");
  const listing = session.listing.value;
  if (!listing || (listing.runs.length < 2 && session.record.value)) return null;
  const words = wanted.value.toLowerCase().split(/\s+/);
  const found = listing.runs.filter((run) => {
    const text = `${run.path} ${run.label} ${run.detail} ${states[run.state]}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
  const chosen = session.record.value?.id;
  return (
    <Panel title={`Runs in ${listing.name} (${listing.runs.length})`} isOpen={chosen === undefined}>
      {listing.runs.length > LONG && (
        <label>
          Find
          <input
            type="search"
            value={wanted.value}
            onInput={({ currentTarget }) => {
              wanted.value = currentTarget.value;
            }}
          />
        </label>
      )}
      <div class="runs">
        <table>
          <thead>
            <tr>
              <th scope="col">Run</th>
              <th scope="col">State</th>
              <th scope="col">Time</th>
            </tr>
          </thead>
          <tbody>
            {found.slice(0, MOST_ROWS).map((run, k) => (
              <Row
                key={run.id ?? `none ${k}`}
                run={run}
                session={session}
                isChosen={run.id === chosen}
              />
            ))}
          </tbody>
        </table>
      </div>
      {found.length > MOST_ROWS && (
        <p class="note">
          The first {MOST_ROWS} of {found.length} are shown: search for others.
        </p>
      )}
    </Panel>
  );
}

interface RowProps {
  readonly run: CatalogueRun;
  readonly session: ViewedSession;
  readonly isChosen: boolean;
}

function Row({ run, session, isChosen }: RowProps) {
  const { id, label, path, detail, state, simulatedMs, durationMs } = run;
  return (
    <tr class={isChosen ? "chosen" : ""}>
      <td>
        {id === undefined ? (
          label
        ) : (
          <button
            type="button"
            class="quiet"
            aria-current={isChosen}
            onClick={() => {
              history.replaceState(null, "", `#run=${id}`);
              session.openRun(id);
            }}
          >
            {label}
          </button>
        )}
        <small>
          {[path === label || path === "." ? "" : path, detail].filter(Boolean).join(" · ")}
        </small>
      </td>
      <td>{states[state]}</td>
      <td>
        {durationMs !== undefined &&
          (simulatedMs < durationMs
            ? `${clockText(simulatedMs)} of ${clockText(durationMs)}`
            : clockText(durationMs))}
      </td>
    </tr>
  );
}
