import type { PopulationRange } from "../../index.ts";
import type { LiveSession } from "./live-session.ts";
import { Panel } from "./panel.tsx";

/** One cell's state, as it changes. */
export function Inspector({ session }: { readonly session: LiveSession }) {
  const column = session.column.value;
  const cell = session.watched.value;
  const found = session.sample.value?.watched;
  const watched = found?.cell === cell ? found : undefined;
  if (!column) return null;
  const [sensed, unit] = column.sensesCharge ? ["charge", "mV/s"] : ["rate", "Hz"];
  const population = column.populations.find(
    ({ firstCell, cellCount }) =>
      cell !== undefined && cell >= firstCell && cell < firstCell + cellCount,
  );
  return (
    <Panel
      title={cell === undefined ? "Look at a cell" : `Cell ${cell}, ${placeText(population)}`}
      isOpen={cell !== undefined}
    >
      <label>
        Cell <small>0 to {column.cellCount - 1}; or click one in the column</small>
        <input
          type="number"
          min={0}
          max={column.cellCount - 1}
          value={cell ?? ""}
          onChange={({ currentTarget: { value, valueAsNumber } }) => {
            const isCell =
              Number.isInteger(valueAsNumber) &&
              valueAsNumber >= 0 &&
              valueAsNumber < column.cellCount;
            session.watch(value !== "" && isCell ? valueAsNumber : undefined);
          }}
        />
      </label>
      {cell !== undefined && (
        <div class="buttons">
          <button type="button" onClick={() => session.choose([cell])}>
            Choose it to stimulate or delete
          </button>
        </div>
      )}
      {watched && !watched.alive && <p>This cell is dead.</p>}
      {watched?.alive && (
        <>
          <table>
            <tbody>
              <Row name="Potential" value={watched.potentialMv} unit="mV" />
              <Row name="Threshold" value={watched.thresholdMv} unit="mV" />
              <Row name="AMPA" value={watched.ampaMv} unit="mV" />
              <Row name="NMDA" value={watched.nmdaMv} unit="mV" />
              <Row name="GABA" value={watched.gabaMv} unit="mV" />
              <Row name="Scale factor" value={watched.scaleFactor} unit="" />
              <Row name={`Sensed ${sensed}`} value={watched.sensedPerS} unit={unit} />
              <Row name={`Target ${sensed}`} value={watched.targetPerS} unit={unit} />
            </tbody>
          </table>
          <p class="note">
            <span class="ring inputs" /> {watched.inputs.length} cells send to it,{" "}
            <span class="ring outputs" /> it sends to {new Set(watched.outputs).size}
          </p>
        </>
      )}
    </Panel>
  );
}

const placeText = (population: PopulationRange | undefined): string =>
  population?.column === undefined
    ? `${population?.name}`
    : `${population.name} in column ${population.column}`;

function Row({
  name,
  value,
  unit,
}: {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
}) {
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>{Number.isFinite(value) ? `${value.toFixed(2)} ${unit}` : "not set yet"}</td>
    </tr>
  );
}
