interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly options: readonly (string | readonly [value: string, text: string])[];
  readonly onChange: (value: string) => void;
}

/** A value of several. */
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
  /** True for a number of things. */
  readonly isWhole?: boolean;
  readonly onChange: (value: number) => void;
}

/** A number; its form refuses another. */
export function NumberField({ label, value, least, most, isWhole, onChange }: NumberProps) {
  return (
    <label>
      {label}
      <input
        type="number"
        value={Number.isNaN(value) ? "" : value}
        min={least}
        max={most}
        step={isWhole ? 1 : "any"}
        required
        onInput={({ currentTarget }) => onChange(currentTarget.valueAsNumber)}
      />
    </label>
  );
}
