import { useEffect } from "preact/hooks";
import { Dock, Stage } from "../../web/page/app.tsx";
import { Columns } from "../../web/page/columns.tsx";
import { Deeds } from "../../web/page/deeds.tsx";
import { Distributions } from "../../web/page/distributions.tsx";
import { Inspector } from "../../web/page/inspector.tsx";
import { AnyIntervention, Deletion, Stimulation } from "../../web/page/interventions.tsx";
import { listenToKeys } from "../../web/page/keys.ts";
import { Sliders } from "../../web/page/sliders.tsx";
import { TimeBar } from "../../web/page/time-bar.tsx";
import { navigate } from "./navigation.ts";
import { Continuation, RecordLine } from "./record-controls.tsx";
import { RunList } from "./run-list.tsx";
import { RecordTakeAway } from "./take-away.tsx";
import type { ViewedSession } from "./viewed-session.ts";

/** The whole page of recorded runs. */
export function ViewedApp({ session }: { readonly session: ViewedSession }) {
  useEffect(() => listenToKeys(session), []);
  useEffect(() => navigate(session), []);
  return (
    <>
      <header>
        <h1>isocortex</h1>
        <p>Recorded runs in {session.listing.value?.directory ?? "this directory"}</p>
      </header>
      <main>
        <RunList session={session} />
        <RecordLine session={session} />
        {session.record.value && <Run session={session} />}
      </main>
      <Dock session={session}>
        {session.record.value && (
          <>
            <div class="deeds-row">
              <Continuation session={session} />
              <Deeds session={session} />
            </div>
            <TimeBar session={session} />
          </>
        )}
      </Dock>
    </>
  );
}

function Run({ session }: { readonly session: ViewedSession }) {
  return (
    <>
      <Stage session={session} isNavigable>
        <p class="note hint">
          Drag to scroll, turn the wheel to zoom; keys: arrows, + and −, 0 for all, Home and End.
        </p>
      </Stage>
      <div class="hand">
        <Inspector session={session} />
        <Columns session={session} />
        <Distributions session={session} />
        <Sliders session={session} />
        <Stimulation session={session} />
        <Deletion session={session} />
        <AnyIntervention session={session} />
        <RecordTakeAway session={session} />
      </div>
    </>
  );
}
