import type { Column } from "../column.ts";
import { toggle } from "./fields.ts";
import { type Held, stateKind } from "./kind.ts";

export const plasticity = stateKind({
  key: "plasticity",
  description: "Turns spike-timing-dependent plasticity on or off.",
  example: "from 80 s until 165 s: plasticity on",
  schema: toggle("Plasticity of the gains; off: gains are constant."),
  label: (isOn) => (isOn ? "plasticity" : "no plasticity"),
  hold: turn,
  resume: turn,
});

function turn(held: readonly Held<boolean>[], column: Column): void {
  column.change(held.at(-1)?.action ? "turnOnPlasticity" : "turnOffPlasticity");
}
