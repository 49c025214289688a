import { keys, number } from "./fields.ts";
import { instantKind } from "./kind.ts";

/** Name of the factor of external input. */
const NAME = "cellLoss";

export const cellLoss = instantKind({
  key: "cellLoss",
  description:
    "Reduces external input by the fraction of cells that have died in any way, as if neighbouring " +
    "columns lost as many.",
  example: "from 300 s every 10 s: cellLoss { reduction: 0.25 }",
  schema: keys({
    reduction: number(
      "External weights are multiplied by 1 − this × the fraction of dead cells.",
      { minimum: 0, maximum: 1 },
      0.25,
    ),
    gain: number(
      "Factor of external weights without any loss.",
      { minimum: -1e6, maximum: 1e6 },
      1,
    ),
  }),
  label: () => "external input reduced",
  initial: null,
  act({ reduction, gain }, kept, column) {
    const { alive } = column.cellState();
    const living = alive.reduce((sum, one) => sum + one, 0);
    const factor = gain - ((alive.length - living) / alive.length) * gain * reduction;
    if (factor === (column.externalFactors[NAME] ?? 1)) return { kept, events: [] };
    column.scaleExternalInput(NAME, factor);
    const detail = { factor, living };
    return { kept, events: [{ kind: "intervention", what: "cellLoss", phase: "done", detail }] };
  },
});
