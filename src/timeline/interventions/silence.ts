import type { Column } from "../column.ts";
import { cells, keys } from "./fields.ts";
import { type Held, stateKind } from "./kind.ts";

const schema = keys({ cells: cells("Silenced cells.") });

type Action = ReturnType<typeof schema.parse>;

export const silence = stateKind<Action>({
  key: "silence",
  description: "Silences cells: for its duration they receive and send no spikes; they stay alive.",
  example: "from 10 s until 20 s: silence { cells: I2L }",
  schema,
  label: ({ cells: { given } }) =>
    typeof given === "string" ? `${given} silent` : "some cells silent",
  hold(held, column, before) {
    const [now, earlier] = [silentCells(held, column), silentCells(before, column)];
    const released = [...earlier].filter((cell) => !now.has(cell));
    const silenced = [...now].filter((cell) => !earlier.has(cell));
    if (released.length > 0) column.change("releaseCells", released);
    if (silenced.length > 0) column.change("silenceCells", silenced);
  },
});

const silentCells = (held: readonly Held<Action>[], column: Column): ReadonlySet<number> =>
  new Set(held.flatMap(({ action }) => column.cells(action.cells)));
