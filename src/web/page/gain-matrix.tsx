import { useState } from "preact/hooks";
import { Choice } from "./fields.tsx";
import type { LiveSession } from "./live-session.ts";
import { Panel } from "./panel.tsx";

/** Mean plastic gain by pair of excitatory populations, as the figures' matrices have it. */
export function GainMatrix({ session }: { readonly session: LiveSession }) {
  return (
    <Panel title="Gains by population">
      <Matrix session={session} />
    </Panel>
  );
}

/** Shade of the largest gain, as a part of the full colour: figures on it can be read. */
const MOST_SHADE = 45;

function Matrix({ session }: { readonly session: LiveSession }) {
  const [shown, show] = useState("0");
  const { gainMatrix: all } = session.sample.value ?? {};
  const populations = session.column.value?.populations ?? [];
  const columns = [...new Set(populations.map(({ column = 0 }) => String(column)))];
  const own = columns.includes(shown) ? shown : "0";
  const names = populations
    .filter(({ cellClass, column = 0 }) => cellClass === "E" && column === Number(own))
    .map(({ name }) => name);
  if (!all) return null;
  const size = names.length ** 2;
  const gainMatrix = all.subarray(size * Number(own), size * (Number(own) + 1));
  const most = Math.max(2, ...gainMatrix.filter(Number.isFinite));
  const shade = (gain: number) => Math.round((MOST_SHADE * Math.max(0, gain - 1)) / (most - 1));
  return (
    <>
      {columns.length > 1 && (
        <Choice label="Column" value={own} options={columns} onChange={show} />
      )}
      <table class="matrix">
        <caption>Mean plastic gain; rows send to columns</caption>
        <thead>
          <tr>
            <td />
            {names.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {names.map((name, row) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              {names.map((other, column) => {
                const gain = gainMatrix[row * names.length + column]!;
                return (
                  <td key={other} style={{ "--shade-part": `${shade(gain) || 0}%` }}>
                    {Number.isFinite(gain) ? gain.toFixed(2) : "–"}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
