import { useState } from "preact/hooks";
import type { EntrySource } from "../../index.ts";
import { useCells } from "./cell-choice.tsx";
import { Choice, NumberField } from "./fields.tsx";
import type { LiveSession } from "./live-session.ts";
import { Panel } from "./panel.tsx";

interface SessionProps {
  readonly session: LiveSession;
}

const choices = [
  ["random", "at random"],
  ["highest-rate", "the most active"],
  ["lowest-rate", "the least active"],
  ["highest-scale-factor", "the most scaled"],
] as const;

/** Kills cells, so many at once. */
export function Deletion({ session }: SessionProps) {
  const { cells, fields } = useCells(session, "E");
  const [count, setCount] = useState(30);
  const [choose, setChoose] = useState<string>("random");
  return (
    <Panel
      title="Delete cells"
      onSubmit={() => session.touch({ delete: { cells, count, choose } })}
    >
      <NumberField
        label="Count"
        value={count}
        least={1}
        most={session.column.value?.cellCount ?? 1}
        isWhole
        onChange={setCount}
      />
      {fields("Of")}
      <Choice label="Which" value={choose} options={choices} onChange={setChoose} />
      <button type="submit">Delete</button>
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
    <Panel title="Stimulate" onSubmit={() => session.touch(stimulate())}>
      {fields("Cells")}
      <NumberField label="Rate, Hz" value={rate} least={0.1} most={1000} onChange={setRate} />
      <NumberField label="Weight, mV" value={weight} least={0.1} most={100} onChange={setWeight} />
      <NumberField label="For, s" value={seconds} least={0.01} most={600} onChange={setSeconds} />
      <button type="submit">Stimulate</button>
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
      values[name]?.trim() ? [[name, values[name]] as const] : [],
    );
    const isSingle = kind.keys.length === 1 && kind.keys[0]!.name === "";
    const what = isSingle ? given[0]?.[1] : Object.fromEntries(given);
    session.touch({ ...(span.trim() && { for: span.trim() }), [key]: what });
  };
  return (
    <Panel title="All interventions" onSubmit={give}>
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
          For <small>a time such as 2 s; empty: for good</small>
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
              required={required}
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
      <button type="submit">Do it now</button>
      <p class="note">On the command line: --add "{kind.example}"</p>
    </Panel>
  );
}
