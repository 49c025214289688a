import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { columnCountOf } from "../../live/session/chronicle.ts";
import { ColumnView } from "./column-view.tsx";
import { Columns } from "./columns.tsx";
import { Curves } from "./curves.tsx";
import { Deeds } from "./deeds.tsx";
import { Distributions } from "./distributions.tsx";
import { listenToDrops } from "./dropped-files.ts";
import { Futures } from "./futures.tsx";
import { GainMatrix } from "./gain-matrix.tsx";
import { Inspector } from "./inspector.tsx";
import { AnyIntervention, Deletion, Stimulation } from "./interventions.tsx";
import { listenToKeys } from "./keys.ts";
import type { LiveSession } from "./live-session.ts";
import { LiveTakeAway } from "./live-take-away.tsx";
import { ParameterList } from "./parameter-list.tsx";
import { RasterView } from "./raster-view.tsx";
import { Sliders } from "./sliders.tsx";
import { Spectrum } from "./spectrum.tsx";
import { TimeBar } from "./time-bar.tsx";
import { Tour } from "./tour.tsx";
import { Verification } from "./verification.tsx";

/** The whole page. */
export function App({ session }: { readonly session: LiveSession }) {
  useEffect(() => listenToKeys(session), []);
  useEffect(() => listenToDrops(session), []);
  return (
    <>
      <header>
        <h1>isocortex</h1>
        <p>
          A column of neocortex, live: the model of Rowan &amp; Neymotin (2013), spike for spike.
        </p>
      </header>
      <main>
        <Tour session={session} />
        <Stage session={session} />
        <Hand session={session} />
      </main>
      <Dock session={session}>
        <Deeds session={session} />
        <TimeBar session={session} />
      </Dock>
    </>
  );
}

interface StageProps {
  readonly session: LiveSession;
  readonly isNavigable?: boolean;
  readonly children?: ComponentChildren;
}

/** The column beside its spikes and curves; children stand below the curves. */
export function Stage({ session, isNavigable = false, children }: StageProps) {
  const isWide = (session.column.value?.grid.columnsX ?? 1) > 1;
  return (
    <div class={isWide ? "stage wide-stage" : "stage"}>
      <section class="left-side" aria-label="The column">
        <ColumnView session={session} />
        <Census session={session} />
      </section>
      <section
        class={isNavigable ? "right-side navigable" : "right-side"}
        aria-label="Spikes and curves against time"
      >
        <Futures session={session} />
        <RasterView
          session={session}
          chronicle={() => session.shown}
          label="Spikes of all cells against time, by layer"
        />
        <Curves session={session} />
        {children}
      </section>
    </div>
  );
}

/** Panels below the fold: they come once the column has been seen to fire. */
function Hand({ session }: { readonly session: LiveSession }) {
  const [isDue, setIsDue] = useState(false);
  useEffect(() => {
    void session.underWay.then(() => setIsDue(true));
  }, []);
  if (!isDue) return null;
  return (
    <div class="hand">
      <Inspector session={session} />
      <Columns session={session} />
      <Distributions session={session} />
      <GainMatrix session={session} />
      <Spectrum session={session} />
      <Sliders session={session} />
      <Stimulation session={session} />
      <Deletion session={session} />
      <AnyIntervention session={session} />
      <ParameterList session={session} />
      <LiveTakeAway session={session} />
      <Verification />
    </div>
  );
}

/** Controls that stay at the foot of the window; what has the focus is never behind them. */
export function Dock({ session, children }: Pick<StageProps, "session" | "children">) {
  const dock = useRef<HTMLElement>(null);
  useEffect(() => {
    const observer = new ResizeObserver(() => {
      document.documentElement.style.scrollPaddingBottom = `${dock.current?.offsetHeight ?? 0}px`;
    });
    observer.observe(dock.current!);
    return () => observer.disconnect();
  }, []);
  return (
    <footer class="dock" ref={dock}>
      <Message session={session} />
      {children}
    </footer>
  );
}

/** Error message, until it is dismissed. */
function Message({ session }: { readonly session: LiveSession }) {
  const problem = session.problem.value;
  return (
    <div role="alert" class="messages">
      {problem && (
        <div class="message">
          <strong>{problem.title}.</strong> <span>{problem.message}</span>
          <button
            type="button"
            onClick={() => {
              session.problem.value = undefined;
            }}
          >
            Close
          </button>
        </div>
      )}
    </div>
  );
}

/** Number of living cells. */
export function Census({ session }: { readonly session: LiveSession }) {
  const column = session.column.value;
  const sample = session.sample.value;
  if (!column) return <p class="note">The column is being built …</p>;
  const columns = columnCountOf(column);
  const living = sample ? sample.livingE + sample.livingI : column.cellCount;
  return (
    <p class="note">
      {living === column.cellCount
        ? `${living} cells`
        : `${living} of ${column.cellCount} cells live`}
      {columns > 1 && ` in ${columns} columns`},{" "}
      {column.synapseCount.toLocaleString("en").replaceAll(",", " ")} synapses
    </p>
  );
}
