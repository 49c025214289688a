import { useMemo, useState } from "preact/hooks";
import type { LiveSession } from "./live-session.ts";
import { Panel } from "./panel.tsx";

interface SliderProps {
  readonly name: string;
  readonly note: string;
  readonly value: number;
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
        // Rounding would leave the last step out.
        max={most + 1e-9}
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

/** A number as it is printed, 2 × 10⁻⁷. */
function scientific(value: number): string {
  if (value >= 1e-3) return plain(value);
  const [digits, power] = Number(value.toPrecision(3)).toExponential().split("e") as [
    string,
    string,
  ];
  const raised = [...power].map((sign) => "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"["-0123456789".indexOf(sign)]).join("");
  return `${digits} × 10${raised}`;
}

/** Parameters that a column is most sensitive to, and how far they go from what they were. */
const parameterSliders = [
  {
    parameter: "plasticIncrementEE",
    name: "STDP step",
    unit: "",
    note: "how much a pairing of spikes changes a synapse; 0.001 as published",
    factors: [0.01, 10],
  },
  {
    parameter: "scalingBeta",
    name: "Scaling rate β",
    unit: " /(event·kHz)",
    note: "how fast scale factors follow the error of the rate; 4 × 10⁻⁸ as published",
    factors: [0.01, 100],
  },
  {
    parameter: "scalingGamma",
    name: "Scaling memory γ",
    unit: " /event",
    note: "how much past errors count; 10⁻¹⁰ as published",
    factors: [0.01, 100],
  },
] as const;

/** Sliders of what a column is most sensitive to. */
export function Sliders({ session }: { readonly session: LiveSession }) {
  const { parameters, external } = session.standing.value;
  // What is opened may be slow, as published, or fast: the sliders begin in the midst of their reach.
  const opened = useMemo(() => session.standing.peek().parameters, [session.column.value]);
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
      {parameterSliders.flatMap(({ parameter, name, unit, note, factors: [least, most] }) => {
        const [value, middle] = [parameters[parameter], opened[parameter]];
        if (!value || !middle) return [];
        return (
          <Slider
            key={parameter}
            {...{ name, note, value }}
            reach={[least * middle, most * middle]}
            text={(one) => `${scientific(one)}${unit}`}
            onChange={(changed) => session.touch({ set: { [parameter]: changed } })}
          />
        );
      })}
    </Panel>
  );
}
