import { SHORTEST_MS, shownWindow, windowLengthMs } from "../../web/page/time-window.ts";
import type { ViewedSession } from "./viewed-session.ts";

/** Pictures against time. */
const pictures = ".raster, .curve .plot";

/** The names of layers, and axes, beside the pictures, px. */
const GUTTER_PX = 44;

/** A movement of so many pixels is no click. */
const CLICK_PX = 4;

/** Elements in which arrows mean something else. */
const takesArrows = "input, select, textarea, [contenteditable]";

/**
 * Scrolls and zooms through a record: by dragging, with the wheel, with two fingers, and by keys.
 *
 * @returns what ends it
 */
export function navigate(session: ViewedSession): () => void {
  const drag = new Dragging(session);
  const wheel = (event: WheelEvent) => onWheel(session, event);
  const key = (event: KeyboardEvent) => onKey(session, event);
  const ended = new AbortController();
  const { signal } = ended;
  addEventListener("wheel", wheel, { passive: false, signal });
  addEventListener("keydown", key, { signal });
  addEventListener("pointerdown", (event) => drag.begin(event), { signal });
  addEventListener("pointermove", (event) => drag.move(event), { signal });
  addEventListener("pointerup", (event) => drag.end(event), { signal });
  addEventListener("pointercancel", () => drag.cancel(), { signal });
  return () => ended.abort();
}

const pictureAt = ({ target }: Event): Element | undefined =>
  (target instanceof Element && target.closest(pictures)) || undefined;

/** The window that is shown, ms. */
function windowNow(session: ViewedSession) {
  const { timeMs } = session.standing.peek();
  const { endMs, lengthMs } = shownWindow(timeMs, session.knownMs.peek());
  return { startMs: endMs - lengthMs, endMs, lengthMs };
}

/** Part of a picture that lies left of a place. */
function partAt(picture: Element, clientX: number): number {
  const { left, right } = picture.getBoundingClientRect();
  const part = (clientX - left - GUTTER_PX) / (right - left - GUTTER_PX);
  return Math.min(1, Math.max(0, part));
}

/** Shows so many times the time, with the same moment at a part of the picture. */
export function zoom(session: ViewedSession, factor: number, part = 1): void {
  const { startMs, lengthMs } = windowNow(session);
  const wholeMs = shownWindow(0, session.knownMs.peek()).lengthMs;
  const most = windowLengthMs.peek() === undefined ? lengthMs : Math.max(lengthMs, wholeMs);
  const next = Math.max(SHORTEST_MS, lengthMs * factor);
  if (next >= most && factor > 1) {
    windowLengthMs.value = undefined;
    return;
  }
  const fixedMs = startMs + part * lengthMs;
  windowLengthMs.value = next;
  // What goes on live would be simulated again.
  if (!session.fork.peek()) session.goTo(fixedMs + (1 - part) * next);
}

/** Moves the window by a part of its length. */
function scroll(session: ViewedSession, part: number): void {
  const { endMs, lengthMs } = windowNow(session);
  if (session.fork.peek()) return;
  if (windowLengthMs.peek() === undefined) {
    session.goTo(session.standing.peek().timeMs + part * lengthMs);
  } else session.goTo(endMs + part * lengthMs);
}

function onWheel(session: ViewedSession, event: WheelEvent): void {
  const picture = pictureAt(event);
  if (!picture || !session.record.peek()) return;
  const isAcross = Math.abs(event.deltaX) > Math.abs(event.deltaY) || event.shiftKey;
  const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 30 : 1;
  event.preventDefault();
  if (isAcross) {
    const px = lines * (event.deltaX || event.deltaY);
    scroll(session, px / picture.clientWidth);
  } else zoom(session, 1.0016 ** (lines * event.deltaY), partAt(picture, event.clientX));
}

function onKey(session: ViewedSession, event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey || !session.record.peek()) return;
  if (event.target instanceof Element && event.target.matches(takesArrows)) return;
  const { startMs, reachedMs } = session.record.peek()!;
  const deeds: Readonly<Record<string, () => void>> = {
    "+": () => zoom(session, 0.5, 0.5),
    "=": () => zoom(session, 0.5, 0.5),
    "-": () => zoom(session, 2, 0.5),
    "0": () => {
      windowLengthMs.value = undefined;
    },
    ArrowLeft: () => scroll(session, -0.1),
    ArrowRight: () => scroll(session, 0.1),
    PageUp: () => scroll(session, -1),
    PageDown: () => scroll(session, 1),
    Home: () => session.goTo(startMs + (windowLengthMs.peek() ?? 0)),
    End: () => session.goTo(reachedMs),
  };
  const deed = deeds[event.key];
  if (!deed) return;
  event.preventDefault();
  deed();
}

/** A picture that is pulled along by one pointer, or stretched by two. */
class Dragging {
  readonly #session: ViewedSession;
  readonly #pointers = new Map<number, number>();
  #picture: Element | undefined;
  #moved = 0;

  constructor(session: ViewedSession) {
    this.#session = session;
  }

  begin(event: PointerEvent): void {
    const picture = pictureAt(event);
    if (!picture || event.button !== 0 || !this.#session.record.peek()) return;
    this.#picture = picture;
    this.#pointers.set(event.pointerId, event.clientX);
    this.#moved = 0;
  }

  move(event: PointerEvent): void {
    const before = this.#pointers.get(event.pointerId);
    const picture = this.#picture;
    if (before === undefined || !picture) return;
    const byPx = event.clientX - before;
    this.#moved += Math.abs(byPx);
    const spanBefore = this.#span();
    this.#pointers.set(event.pointerId, event.clientX);
    const span = this.#span();
    if (spanBefore > 0 && span > 0) zoom(this.#session, spanBefore / span, 0.5);
    else if (windowLengthMs.peek() !== undefined) {
      scroll(this.#session, -byPx / (picture.clientWidth - GUTTER_PX));
    }
  }

  /** A click in a picture of all time goes to the moment there. */
  end(event: PointerEvent): void {
    const picture = this.#picture;
    if (!this.#pointers.delete(event.pointerId) || !picture) return;
    if (this.#moved > CLICK_PX || windowLengthMs.peek() !== undefined) return;
    const { startMs, lengthMs } = windowNow(this.#session);
    this.#session.goTo(startMs + partAt(picture, event.clientX) * lengthMs);
  }

  cancel(): void {
    this.#pointers.clear();
  }

  /** Distance of two pointers, px; 0 for one. */
  #span(): number {
    const [one, other] = [...this.#pointers.values()];
    return one === undefined || other === undefined ? 0 : Math.abs(one - other);
  }
}
