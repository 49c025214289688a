import { seed } from "./fields.ts";
import { instantKind } from "./kind.ts";

export const reseed = instantKind({
  key: "reseed",
  description: "Reseeds the streams of external input; current intervals are kept.",
  example: "at 30 s: reseed 7",
  schema: seed("Stream j of the external input has the seed this + j."),
  label: (value) => `input seed ${value}`,
  initial: null,
  act(value, kept, column) {
    column.change("reseedExternalInput", value);
    return { kept, events: [{ kind: "intervention", what: "reseed", phase: "done" }] };
  },
});
