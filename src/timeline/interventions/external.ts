import { number } from "./fields.ts";
import { stateKind } from "./kind.ts";

const NAME = "external";

export const external = stateKind({
  key: "external",
  description: "Multiplies the weights of all external input by a factor.",
  example: "from 10 s until 20 s: external 0.8",
  schema: number("Factor of external weights; 1: unchanged.", {
    minimum: 0,
    maximum: 1e6,
  }),
  label: (factor) => `external input × ${factor}`,
  hold(held, column) {
    const factor = held.at(-1)?.action ?? 1;
    if (factor !== (column.externalFactors[NAME] ?? 1)) column.scaleExternalInput(NAME, factor);
  },
});
