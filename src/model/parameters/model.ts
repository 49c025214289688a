import { choice } from "../parameter-definition.ts";
import { newRules } from "./changes.ts";

/** Choice of the model. */
export const modelParameters = {
  model: choice({
    doc:
      "Published model: of Rowan & Neymotin (2013), or of Rowan, Neymotin & Lytton (2014), with " +
      "dynamic cell death and electrostimulation.",
    default: "2013",
    choices: ["2013", "2014"],
    models: { 2013: null, 2014: null },
    matters: "from the beginning",
    changes: newRules,
  }),
};
