import type { ScheduledInput } from "../network/stimuli/stimulus.ts";

/** Order of events at one instant; what an experiment does comes before all of it. */
const simultaneousOrder = [
  "endOfRefractoriness",
  "externalInput",
  "scheduledInput",
  "interColumnArrival",
  "axonalCallback",
] as const;

export interface Event {
  readonly timeMs: number;
  readonly kind: (typeof simultaneousOrder)[number];
  /** Order among events of one kind at one time: number of the stream, the input or the spike. */
  readonly order: number;
  /** Of an end of refractoriness and of a callback: whose. */
  readonly cell?: number;
  /** Of a callback: the first synapse that it serves. Of an arrival: its synapse between columns. */
  readonly synapse?: number;
  /** Of a scheduled input. */
  readonly input?: ScheduledInput;
}

/** The one global queue: a binary heap, in which no event precedes its parent at (place − 1) / 2. */
export class EventQueue {
  #heap: Event[] = [];

  /** All events, in an order from which the queue can be made again. */
  get events(): readonly Event[] {
    return this.#heap;
  }

  /** Makes the queue again of its events. */
  restore(events: readonly Event[]): void {
    this.#heap = [...events];
  }

  /** Drops the other events. */
  keep(isKept: (event: Event) => boolean): void {
    const events = this.#heap;
    this.#heap = [];
    for (const event of events) if (isKept(event)) this.add(event);
  }

  add(event: Event): void {
    const heap = this.#heap;
    let place = heap.length;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if (!precedes(event, heap[parent]!)) break;
      heap[place] = heap[parent]!;
      place = parent;
    }
    heap[place] = event;
  }

  /** Takes the next event from the queue, if it comes before `untilMs`. */
  takeBefore(untilMs: number): Event | undefined {
    const next = this.#heap[0];
    if (next === undefined || !(next.timeMs < untilMs)) return undefined;
    const last = this.#heap.pop()!;
    if (last !== next) this.#sink(last);
    return next;
  }

  /** Puts `event` in the place of the first one, or below those that precede it. */
  #sink(event: Event): void {
    const heap = this.#heap;
    let place = 0;
    for (let child = 1; child < heap.length; child = 2 * place + 1) {
      const right = heap[child + 1];
      if (right !== undefined && precedes(right, heap[child]!)) child++;
      if (precedes(event, heap[child]!)) break;
      heap[place] = heap[child]!;
      place = child;
    }
    heap[place] = event;
  }
}

function precedes(a: Event, b: Event): boolean {
  if (a.timeMs !== b.timeMs) return a.timeMs < b.timeMs;
  const rankOf = (event: Event) => simultaneousOrder.indexOf(event.kind);
  if (rankOf(a) !== rankOf(b)) return rankOf(a) < rankOf(b);
  return a.order !== b.order ? a.order < b.order : (a.synapse ?? 0) < (b.synapse ?? 0);
}
