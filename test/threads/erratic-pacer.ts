import { type Pacer, STEP_MS } from "../../src/threads/pacer.ts";
import { randomNumbers } from "../recording/small-run.ts";

/** All threads serve the whole run, whatever it costs. */
export const alwaysTogether: Pacer = {
  startMs: 0,
  strideMs: 1024,
  decide: () => true,
  share: () => undefined,
};

/** Parts and joins the threads by chance, after pieces of 1 to 40 windows, and gives them any shares. */
export function erraticPacer(seed: number): Pacer {
  const random = randomNumbers(seed);
  return {
    startMs: 0,
    strideMs: STEP_MS,
    decide({ together }) {
      this.strideMs = STEP_MS * Math.ceil(20 * random() ** 2);
      return random() < 0.3 ? !together : together;
    },
    share({ shares }) {
      if (random() > 0.2) return undefined;
      const weights = shares.map(random);
      const whole = weights.reduce((sum, weight) => sum + weight, 0);
      return weights.map((weight) => weight / whole);
    },
  };
}
