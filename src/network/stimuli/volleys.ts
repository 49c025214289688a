import { pattern } from "./pattern.ts";
import { shuffledInputs } from "./shuffled-volleys.ts";
import type { StimulusInput } from "./stimulus.ts";
import { TimeQueue } from "./time-queue.ts";
import {
  type DrawnInput,
  drawnInputs,
  MIN_SEPARATION_MS,
  type Volleys,
  volleyColumns,
} from "./volley-draws.ts";

/** An input at most this much after the one delivered before it is lost, ms. */
const LOST_WITHIN_MS = 1e-6;

export const volleys = pattern({
  description:
    "in volleys, each with as many inputs as 110 % of the cells, randomly assigned to them",
  keys: {
    spread: {
      kind: "time",
      description: "Time over which the inputs of a volley are spread.",
      default: 1,
    },
    count: {
      kind: "count",
      description: "Maximum number of volleys; by default as many as fit.",
    },
    shuffled: {
      kind: "switch",
      description:
        "The same number of inputs to each cell, at independent random times over the whole duration.",
      default: false,
    },
    shuffleSeed: {
      kind: "seed",
      description: "Seed of the random times; by default the run's inputSeed.",
    },
  },
  problem({ together, endMs, values: { shuffled } }) {
    if (together)
      return {
        key: "together",
        message: "not possible with volleys, whose inputs reach cells individually",
      };
    if (!shuffled || endMs < Infinity) return undefined;
    return {
      key: "shuffled",
      message: "requires an end, until which the random times are drawn",
    };
  },
  inputs({ values: { spread, count, shuffled, shuffleSeed }, cells, seed, ...plan }, fromMs) {
    const own = {
      columns: volleyColumns(cells, seed, plan.cellsPerColumn),
      spreadMs: spread,
      mostVolleys: count ?? Infinity,
      shuffleSeed: shuffled ? (shuffleSeed ?? 0) : null,
    };
    return volleyInputs({ ...plan, ...own }, fromMs);
  },
});

/** The inputs of volleys at `fromMs` and later, in order of time. */
function* volleyInputs(volleys: Volleys, fromMs: number): Generator<StimulusInput, void> {
  const drawn =
    volleys.shuffleSeed === null
      ? drawnInputs(volleys, fromMs)
      : shuffledInputs(volleys, volleys.shuffleSeed, fromMs);
  for (const input of separated(drawn)) if (input.timeMs >= fromMs) yield input;
}

/** The inputs that the cells really get, in order of time. */
function* separated(drawn: Iterable<DrawnInput>): Generator<StimulusInput, void> {
  const listedMs = new Map<number, number>();
  const deliveredMs = new Map<number, number>();
  // Those that separation has moved past others.
  const waiting = new TimeQueue<DrawnInput>();
  let order = 0;
  for (const { timeMs: drawnMs, cell } of drawn) {
    while (waiting.nextMs <= drawnMs) yield waiting.take();
    const earliestMs = listedMs.get(cell) ?? -Infinity;
    const timeMs = drawnMs > earliestMs ? drawnMs : earliestMs + MIN_SEPARATION_MS;
    listedMs.set(cell, timeMs);
    if (timeMs - (deliveredMs.get(cell) ?? 0) <= LOST_WITHIN_MS) continue;
    deliveredMs.set(cell, timeMs);
    waiting.add({ timeMs, order: order++, cell });
  }
  while (!waiting.isEmpty) yield waiting.take();
}
