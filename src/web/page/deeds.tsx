import type { LiveSession } from "./live-session.ts";
import { clockText } from "./time-window.ts";

/** The three deeds that the page is about: to let the column learn, to let it scale, to go back. */
export function Deeds({ session }: { readonly session: LiveSession }) {
  const { learningOn, scalingOn } = session.standing.value;
  const touch = session.lastTouch.value;
  return (
    <div class="deeds">
      <button
        type="button"
        class="deed"
        aria-pressed={learningOn}
        onClick={() => session.touch({ plasticity: learningOn ? "off" : "on" })}
      >
        {learningOn ? "Stop learning" : "Let it learn"}
      </button>
      <button
        type="button"
        class="deed"
        aria-pressed={scalingOn}
        title="Scaling holds each cell at its mean rate so far: let the column fire for a minute first."
        onClick={() => session.touch({ scaling: scalingOn ? "off" : "on" })}
      >
        {scalingOn ? "Turn scaling off" : "Turn scaling on"}
      </button>
      <button
        type="button"
        class="deed"
        disabled={touch === undefined}
        onClick={() => touch && session.goTo(touch.timeMs, 5000)}
      >
        Go back{touch ? ` to ${clockText(touch.timeMs)}` : ""}
      </button>
    </div>
  );
}
