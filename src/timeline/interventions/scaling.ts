import { toggle } from "./fields.ts";
import { stateKind } from "./kind.ts";

export const scaling = stateKind({
  key: "scaling",
  description: "Turns homeostatic synaptic scaling on or off.",
  example: "at 200 s: scaling on",
  schema: toggle("Scaling of synapses; off: scale factors are constant and have no effect."),
  label: (isOn) => (isOn ? "scaling" : "no scaling"),
  hold(held, column) {
    const isOn = held.at(-1)?.action ?? false;
    if (isOn !== column.scalingOn) column.change(isOn ? "turnOnScaling" : "turnOffScaling");
  },
  event: (isOn, phase) => (isOn && phase === "begin" ? { kind: "scaling-on" } : undefined),
});
