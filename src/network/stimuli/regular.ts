import { mcellRan4 } from "../../random/mcell-ran4.ts";
import { pattern } from "./pattern.ts";
import { trainInputs, trainSeed } from "./trains.ts";

const uniform = (high: number, low: number): number => mcellRan4(high, low) / 0x100000000;

export const regular = pattern({
  description: "at equal intervals",
  keys: {
    phase: {
      kind: "time",
      description:
        "Time from the start to the first input; by default 0 if all cells receive the same input, else random within an interval.",
    },
    jitter: {
      kind: "time",
      description: "Largest random shift of each input, earlier or later.",
      default: 0,
    },
  },
  problem: ({ rateHz, values: { jitter } }) =>
    jitter <= 500 / rateHz
      ? undefined
      : { key: "jitter", message: `expected at most half an interval, ${500 / rateHz} ms` },
  inputs(plan, fromMs) {
    const { rateHz, seed, together, startMs, values } = plan;
    const intervalMs = 1000 / rateHz;
    return trainInputs(plan, fromMs, function* (train, earliestMs) {
      const low = trainSeed(seed, train);
      const phaseMs = values.phase ?? (together ? 0 : intervalMs * uniform(-1, low));
      const firstMs = startMs + phaseMs;
      const first = Math.max(0, Math.floor((earliestMs - firstMs - values.jitter) / intervalMs));
      for (let k = first; ; k++) {
        const shiftMs = values.jitter * (2 * uniform(k, low) - 1);
        const timeMs = firstMs + k * intervalMs + shiftMs;
        if (timeMs >= earliestMs) yield timeMs;
      }
    });
  },
});
