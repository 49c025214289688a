import type { LiveSession } from "./live-session.ts";

/** Elements that letters and spaces are typed into, or that act on them. */
const takesKeys = "input, select, textarea, button, summary, a, [contenteditable]";

/** Single keys for what is done most: space plays, L learns, S scales, B goes back. */
export function listenToKeys(session: LiveSession): () => void {
  const listen = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const isTaken = event.target instanceof Element && event.target.matches(takesKeys);
    if (
      isTaken &&
      (event.key === " " ||
        (event.target as Element).matches("input:not([type=range]), select, textarea"))
    )
      return;
    const { learningOn, scalingOn } = session.standing.value;
    const touch = session.lastTouch.value;
    const deeds: Readonly<Record<string, () => void>> = {
      " ": () => session.togglePlay(),
      l: () => session.touch({ plasticity: learningOn ? "off" : "on" }),
      s: () => session.touch({ scaling: scalingOn ? "off" : "on" }),
      b: () => touch && session.goTo(touch.timeMs, 5000),
    };
    const deed = deeds[event.key.toLowerCase()];
    if (!deed) return;
    event.preventDefault();
    deed();
  };
  // A button that was clicked would take the next space for itself.
  const letGo = ({ target, pointerType }: MouseEvent & Partial<PointerEvent>) => {
    const button = target instanceof Element && target.closest<HTMLElement>("button, summary");
    if (button && pointerType === "mouse") button.blur();
  };
  addEventListener("keydown", listen);
  addEventListener("click", letGo);
  return () => {
    removeEventListener("keydown", listen);
    removeEventListener("click", letGo);
  };
}
