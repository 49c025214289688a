import { useState } from "preact/hooks";
import type { EntrySource } from "../../index.ts";
import { columnCountOf } from "../../live/session/chronicle.ts";
import type { LiveSession } from "./live-session.ts";
import { Panel } from "./panel.tsx";
import { clockText } from "./time-window.ts";

interface SessionProps {
  readonly session: LiveSession;
}

/** The three deeds that the page is about: to let the column learn, to let it scale, to go back. */
export function Deeds({ session }: SessionProps) {
  const { learningOn, scalingOn } = session.standing.value;
  const touch = session.lastTouch.value;
  return (
    <div class="deeds">
      <button
        type="button"
        class="deed"
        aria-pressed={learningOn}
        onClick={() => session.touch({ plasticity: learningOn ? "off" : "on" })}
      >
        {learningOn ? "Stop learning" : "Let it learn"}
      </button>
      <button
        type="button"
        class="deed"
        aria-pressed={scalingOn}
        onClick={() => session.touch({ scaling: scalingOn ? "off" : "on" })}
      >
        {scalingOn ? "Turn scaling off" : "Turn scaling on"}
      </button>
      <button
        type="button"
        class="deed"
        disabled={touch === undefined}
        onClick={() => touch && session.goTo(touch.timeMs, 5000)}
      >
        Go back{touch ? ` to ${clockText(touch.timeMs)}` : ""}
      </button>
    </div>
  );
}

interface SliderProps {
  readonly name: string;
  readonly note: string;
  readonly value: number;
  /** Factors of the value that the column opened with, from the left to the right. */
  readonly reach: readonly [least: number, most: number];
  readonly text: (value: number) => string;
  readonly onChange: (value: number) => void;
}

/** A slider over powers of a factor; what it is let go at counts. */
function Slider({ name, note, value, reach, text, onChange }: SliderProps) {
  const [drawn, setDrawn] = useState<number | undefined>(undefined);
  const [least, most] = reach.map(Math.log10) as [number, number];
  const shown = drawn ?? value;
  return (
    <label class="slider">
      <span>
        {name} <span>{text(shown)}</span>
      </span>
      <input
        type="range"
        min={least}
        max={most}
        step={0.05}
        value={Math.log10(shown)}
        aria-valuetext={text(shown)}
        onInput={({ currentTarget }) => setDrawn(rounded(10 ** Number(currentTarget.value)))}
        onChange={({ currentTarget }) => {
          setDrawn(undefined);
          onChange(rounded(10 ** Number(currentTarget.value)));
        }}
      />
      <small>{note}</small>
    </label>
  );
}

const rounded = (value: number) => Number(value.toPrecision(2));
const plain = (value: number) => String(Number(value.toPrecision(3)));

/** Sliders of what a column is most sensitive to. */
export function Sliders({ session }: SessionProps) {
  const { parameters, external } = session.standing.value;
  const set = (name: string) => (value: number) => session.touch({ set: { [name]: value } });
  return (
    <Panel title="Adjust">
      <Slider
        name="External drive"
        note="weights of the input from outside, relative to what they were"
        value={external}
        reach={[0.5, 2]}
        text={(value) => `× ${plain(value)}`}
        onChange={(value) => session.touch({ external: value })}
      />
      <Slider
        name="STDP step"
        note="how much a pairing of spikes changes a synapse; 0.001 as published"
        value={parameters["plasticIncrementEE"] ?? 0.1}
        reach={[0.001, 1]}
        text={plain}
        onChange={set("plasticIncrementEE")}
      />
      <Slider
        name="Scaling rate β"
        note="how fast scale factors follow the error of the rate; 4 × 10⁻⁸ as published"
        value={parameters["scalingBeta"] ?? 0.08}
        reach={[0.0008, 8]}
        text={plain}
        onChange={set("scalingBeta")}
      />
      <Slider
        name="Scaling memory γ"
        note="how much past errors count; 10⁻¹⁰ as published"
        value={parameters["scalingGamma"] ?? 2e-7}
        reach={[2e-9, 2e-5]}
        text={plain}
        onChange={set("scalingGamma")}
      />
    </Panel>
  );
}

const selections = ["E", "I", "L2", "L4", "L5", "L6", "all"] as const;

/** All columns together. */
const everyColumn = "all";

/**
 * Selections of cells to choose from, those painted on the column first where there are any; of
 * several columns, in all or in one.
 */
function useCells(session: LiveSession, usual: string) {
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
const choices = [
  ["random", "at random"],
  ["highest-rate", "the most active"],
  ["lowest-rate", "the least active"],
  ["highest-scale-factor", "the most scaled"],
] as const;

interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly options: readonly (string | readonly [value: string, text: string])[];
  readonly onChange: (value: string) => void;
}

export function Choice({ label, value, options, onChange }: ChoiceProps) {
  return (
    <label>
      {label}
      <select value={value} onChange={({ currentTarget }) => onChange(currentTarget.value)}>
        {options.map((option) => {
          const [own, text] = typeof option === "string" ? [option, option] : option;
          return (
            <option key={own} value={own}>
              {text}
            </option>
          );
        })}
      </select>
    </label>
  );
}

interface NumberProps {
  readonly label: string;
  readonly value: number;
  readonly least: number;
  readonly most: number;
  readonly onChange: (value: number) => void;
}

function NumberField({ label, value, least, most, onChange }: NumberProps) {
  return (
    <label>
      {label}
      <input
        type="number"
        value={value}
        min={least}
        max={most}
        step="any"
        onInput={({ currentTarget }) => onChange(currentTarget.valueAsNumber)}
      />
    </label>
  );
}

/** Kills cells, so many at once. */
export function Deletion({ session }: SessionProps) {
  const { cells, fields } = useCells(session, "E");
  const [count, setCount] = useState(30);
  const [choose, setChoose] = useState<string>("random");
  return (
    <Panel title="Delete cells">
      <NumberField label="How many" value={count} least={1} most={400} onChange={setCount} />
      {fields("Of")}
      <Choice label="Which" value={choose} options={choices} onChange={setChoose} />
      <button type="button" onClick={() => session.touch({ delete: { cells, count, choose } })}>
        Delete
      </button>
    </Panel>
  );
}

/** Gives cells input from outside for a while. */
export function Stimulation({ session }: SessionProps) {
  const { cells, fields } = useCells(session, "L4");
  const [rate, setRate] = useState(50);
  const [weight, setWeight] = useState(15);
  const [seconds, setSeconds] = useState(2);
  const stimulate = (): EntrySource => ({
    for: `${seconds} s`,
    stimulate: { cells, weight: `${weight} mV`, rate: `${rate} Hz`, pattern: "poisson" },
  });
  return (
    <Panel title="Stimulate">
      {fields("Cells")}
      <NumberField label="Rate, Hz" value={rate} least={0.1} most={1000} onChange={setRate} />
      <NumberField label="Weight, mV" value={weight} least={0.1} most={100} onChange={setWeight} />
      <NumberField label="For, s" value={seconds} least={0.01} most={600} onChange={setSeconds} />
      <button type="button" onClick={() => session.touch(stimulate())}>
        Stimulate
      </button>
    </Panel>
  );
}

/** Any intervention at all, as a file of an experiment would have it. */
export function AnyIntervention({ session }: SessionProps) {
  const kinds = session.column.value?.interventions ?? [];
  const [key, setKey] = useState("silence");
  const [values, setValues] = useState<Readonly<Record<string, string>>>({});
  const [span, setSpan] = useState("");
  const kind = kinds.find((one) => one.key === key);
  if (!kind) return null;
  const give = () => {
    const given = kind.keys.flatMap(({ name }) =>
      values[name]?.trim() ? [[name, readValue(values[name]!)] as const] : [],
    );
    const isSingle = kind.keys.length === 1 && kind.keys[0]!.name === "";
    const what = isSingle ? given[0]?.[1] : Object.fromEntries(given);
    session.touch({ ...(span.trim() && { for: span.trim() }), [key]: what });
  };
  return (
    <Panel title="All interventions">
      <Choice
        label="Kind"
        value={key}
        options={kinds.map((one) => one.key)}
        onChange={(one) => {
          setKey(one);
          setValues({});
        }}
      />
      <p class="note">{kind.description}</p>
      {kind.form === "state" && (
        <label>
          For how long <small>such as 2 s; nothing for good</small>
          <input value={span} onInput={({ currentTarget }) => setSpan(currentTarget.value)} />
        </label>
      )}
      {kind.keys.map(
        ({ name, description, allowed, required, choices: listed, default: usual }) => (
          <label key={name}>
            {name || key}
            {required ? "" : " (optional)"} <small>{description}</small>
            <input
              value={values[name] ?? ""}
              list={listed ? `choices-${name}` : undefined}
              placeholder={usual === undefined ? allowed : String(usual)}
              onInput={({ currentTarget }) => setValues({ ...values, [name]: currentTarget.value })}
            />
            {listed && (
              <datalist id={`choices-${name}`}>
                {listed.map((one) => (
                  <option key={one} value={one} />
                ))}
              </datalist>
            )}
          </label>
        ),
      )}
      <button type="button" onClick={give}>
        Do it now
      </button>
      <p class="note">As in a file: {kind.example}</p>
    </Panel>
  );
}

/** A value as a file has it: JSON where it is some, a text where it is not. */
export function readValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
