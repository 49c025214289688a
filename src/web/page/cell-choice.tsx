import { useState } from "preact/hooks";
import { columnCountOf } from "../../live/session/chronicle.ts";
import { Choice } from "./fields.tsx";
import type { LiveSession } from "./live-session.ts";

const selections = ["E", "I", "L2", "L4", "L5", "L6", "all"] as const;

/** All columns together. */
const everyColumn = "all";

/**
 * Selections of cells to choose from, those painted on the column first where there are any; of
 * several columns, in all or in one.
 */
export function useCells(session: LiveSession, usual: string) {
  const [given, setCells] = useState<string | undefined>(undefined);
  const [column, setColumn] = useState(everyColumn);
  const count = session.column.value ? columnCountOf(session.column.value) : 1;
  const columns = Array.from({ length: count }, (_, one) => String(one));
  const chosen = session.chosen.value;
  const painted = rangesText(chosen);
  const options = chosen.length > 0 ? [[painted, `${chosen.length} chosen`] as const] : [];
  const isThere = given !== undefined && selections.some((one) => one === given);
  const shown = isThere ? given : chosen.length > 0 ? painted : usual;
  const isOfOne = columns.includes(column) && columns.length > 1 && shown !== painted;
  const cells = isOfOne ? { of: shown, column: Number(column) } : shown;
  return {
    cells,
    fields: (label: string) => (
      <>
        <Choice
          label={label}
          value={shown}
          options={[...options, ...selections]}
          onChange={setCells}
        />
        {columns.length > 1 && shown !== painted && (
          <Choice
            label="Column"
            value={column}
            options={[everyColumn, ...columns]}
            onChange={setColumn}
          />
        )}
      </>
    ),
  };
}

/** Cells as files name them, "0-9, 40". */
function rangesText(cells: readonly number[]): string {
  const ranges: [first: number, last: number][] = [];
  for (const cell of cells) {
    const last = ranges.at(-1);
    if (last && cell === last[1] + 1) last[1] = cell;
    else ranges.push([cell, cell]);
  }
  return ranges
    .map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`))
    .join(", ");
}
