import { signal } from "@preact/signals";
import type { EntrySource } from "../../index.ts";
import type { LiveSession } from "./live-session.ts";

/** A step of the tour: what is seen, and what brings the column there. */
interface Step {
  readonly title: string;
  readonly text: string;
  readonly go?: (session: LiveSession) => void;
}

/** Time at which the tour starts learning, ms. */
const LEARNING_MS = 20_000;

/** The course of the experiment that a step of the tour begins with. */
function take(session: LiveSession, timeMs: number, touches: readonly EntrySource[]): void {
  session.pause();
  session.goTo(timeMs, 5000);
  for (const what of touches) session.touch(what);
  session.play(10);
}

const steps: readonly Step[] = [
  {
    title: "A column at rest",
    text: "470 cells in four layers. Noise from outside keeps them firing, excitatory cells (blue and green) about once in two seconds and inhibitory ones (orange) more often. Each point of the raster is one spike of one cell.",
    go: (session) => session.play(10),
  },
  {
    title: "Let it learn",
    text: "Now spike-timing-dependent plasticity is on: synapses that help a cell to fire grow. Watch the plastic gain. Stronger synapses make more spikes, and more spikes make stronger synapses. After a minute or so most cells fire without pause, at tens of hertz, though not together: the column has become hyperactive.",
    go: (session) => take(session, LEARNING_MS, [{ scaling: "off" }, { plasticity: "on" }]),
  },
  {
    title: "Go back, and turn scaling on",
    text: "The same column at the same moment, to the bit. It learns again, but now each cell also compares its rate with its target and scales all its synapses: down if it fires too much, up if too little. The future that was left stays above, in grey.",
    go: (session) => take(session, LEARNING_MS, [{ plasticity: "on" }, { scaling: "on" }]),
  },
  {
    title: "What scaling does",
    text: "Plastic gains grow as before, yet rates stay where they were. The scale factors have fallen while the gains have grown: differences between synapses stay, their mean effect does not grow. That is synaptic scaling. It does not always win: with the published, slower rules it fails in some networks.",
    go: (session) => session.play(Infinity),
  },
  {
    title: "Now lose some cells",
    text: "A quarter of the excitatory cells die. The mean rate of the others hardly changes: they lose excitation, and so do the interneurons that inhibit them. Go back and try it without scaling, or with anything else that is below.",
    go: (session) => {
      session.play(10);
      session.touch({ delete: { cells: "E", count: 80 } });
    },
  },
];

const place = signal<number | undefined>(undefined);

/** Five steps that tell what synaptic scaling does; each is a state that can be played with. */
export function Tour({ session }: { readonly session: LiveSession }) {
  const index = place.value;
  const go = (to: number | undefined) => {
    place.value = to;
    if (to !== undefined) steps[to]!.go?.(session);
  };
  if (index === undefined) {
    return (
      <p class="tour-start">
        <button type="button" onClick={() => go(0)}>
          Take the tour
        </button>{" "}
        or begin: let it learn, and see what happens.
      </p>
    );
  }
  const { title, text } = steps[index]!;
  return (
    <section class="tour" aria-label="Tour">
      <div>
        <h2>
          {index + 1} of {steps.length}: {title}
        </h2>
        <p>{text}</p>
      </div>
      <div class="buttons">
        <button type="button" disabled={index === 0} onClick={() => go(index - 1)}>
          Back
        </button>
        {index < steps.length - 1 ? (
          <button type="button" onClick={() => go(index + 1)}>
            {steps[index + 1]!.title}
          </button>
        ) : null}
        <button type="button" class="quiet" onClick={() => go(undefined)}>
          End the tour
        </button>
      </div>
    </section>
  );
}
