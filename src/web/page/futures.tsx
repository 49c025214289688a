import { GREY_DASHES } from "./curve-view.tsx";
import type { Ghost, LiveSession } from "./live-session.ts";
import { RasterView } from "./raster-view.tsx";
import { clockText } from "./time-window.ts";

/** Futures that were left, in grey, above the present one; each can be returned to. */
export function Futures({ session }: { readonly session: LiveSession }) {
  const ghosts = session.ghosts.value;
  if (ghosts.length === 0) return null;
  return (
    <>
      {ghosts.map((ghost, k) => (
        <Past key={ghost.number} session={session} ghost={ghost} dash={GREY_DASHES[k + 1]!} />
      ))}
      <p class="future">
        <strong>Now</strong> {session.standing.value.future.label}
      </p>
    </>
  );
}

interface PastProps {
  readonly session: LiveSession;
  readonly ghost: Ghost;
  readonly dash: readonly number[];
}

function Past({ session, ghost, dash }: PastProps) {
  return (
    <section class="past" aria-label={`Future that was left: ${ghost.label}`}>
      <p class="future">
        <svg class="stroke" viewBox="0 0 28 2" aria-hidden="true">
          <path d="M0 1H28" stroke-dasharray={dash.join(" ")} />
        </svg>
        <strong>Before</strong> {ghost.label}; left at {clockText(ghost.forkMs)}
        {!("isLeft" in ghost) && (
          <button type="button" class="quiet" onClick={() => session.returnToFuture(ghost.number)}>
            Return to it
          </button>
        )}
        <button type="button" class="quiet" onClick={() => session.forgetFuture(ghost)}>
          Forget
        </button>
      </p>
      <RasterView
        session={session}
        chronicle={() =>
          session.ghosts.value.find(({ number }) => number === ghost.number)?.chronicle
        }
        isLeft
        label={`Spikes of the future that was left: ${ghost.label}`}
      />
    </section>
  );
}
