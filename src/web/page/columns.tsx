import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { columnCountOf, type ShownRecord } from "../../live/session/chronicle.ts";
import type { ColumnDescription, Sample } from "../../live/worker/messages.ts";
import { everyFrame } from "./frames.ts";
import type { LiveSession } from "./live-session.ts";
import { Panel } from "./panel.tsx";

/** Rates are those of the last second, ms; they are counted anew so often a second. */
const LENGTH_MS = 1000;
const BIN_MS = 100;
const COUNTS_PER_S = 2;

/** Firing rates by population of each column, where there are several. */
export function Columns({ session }: { readonly session: LiveSession }) {
  const column = session.column.value;
  if (!column || columnCountOf(column) === 1) return null;
  return (
    <Panel title="Columns" isOpen>
      <RateTable session={session} />
    </Panel>
  );
}

interface Rates {
  readonly lengthMs: number;
  /** Per living cell of each population, Hz; NaN if none lives. */
  readonly ratesHz: readonly number[];
}

function RateTable({ session }: { readonly session: LiveSession }) {
  const rates = useSignal<Rates>({ lengthMs: 0, ratesHz: [] });
  useEffect(
    () =>
      everyFrame(() => {
        const column = session.column.peek();
        const { timeMs } = session.standing.peek();
        if (column) rates.value = ratesAt(session.shown, timeMs, column, session.sample.peek());
      }, COUNTS_PER_S),
    [],
  );
  const column = session.column.value!;
  const { lengthMs, ratesHz } = rates.value;
  const names = [...new Set(column.populations.map(({ name }) => name))].reverse();
  const columns = [...new Set(column.populations.map(({ column: own }) => own))];
  const rateOf = (name: string, own: number | undefined) =>
    ratesHz[column.populations.findIndex((one) => one.name === name && one.column === own)]!;
  return (
    <div class="wide">
      <table class="rates">
        <caption>Firing rate over {lengthMs / 1000} s, Hz, by column</caption>
        <thead>
          <tr>
            <td />
            {columns.map((own) => (
              <th key={own} scope="col">
                {own}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {names.map((name) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              {columns.map((own) => (
                <td key={own}>{rateText(rateOf(name, own))}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const rateText = (rateHz: number) => (Number.isFinite(rateHz) ? rateHz.toFixed(1) : "–");

function ratesAt(
  record: ShownRecord,
  timeMs: number,
  { populations, cellCount }: ColumnDescription,
  sample: Sample | undefined,
): Rates {
  const level = record.level(BIN_MS, timeMs - LENGTH_MS);
  const endBin = Math.floor(timeMs / level.binMs);
  const bins = Math.max(1, Math.round(LENGTH_MS / level.binMs));
  const counts = new Uint32Array(cellCount);
  let known = 0;
  for (let bin = endBin - bins; bin < endBin; bin++) {
    if (!level.has(bin)) continue;
    known++;
    const own = level.countsOf(bin);
    for (let cell = 0; cell < cellCount; cell++) counts[cell]! += own[cell]!;
  }
  const sum = (values: ArrayLike<number>, first: number, count: number) =>
    Array.from({ length: count }, (_, k) => values[first + k]!).reduce((all, one) => all + one, 0);
  const lengthMs = known * level.binMs;
  const ratesHz = populations.map(({ firstCell, cellCount: count }) => {
    const living = sample ? sum(sample.alive, firstCell, count) : count;
    return (1000 * sum(counts, firstCell, count)) / lengthMs / living;
  });
  return { lengthMs, ratesHz };
}
