import { keys } from "./fields.ts";
import { instantKind } from "./kind.ts";

export const end = instantKind({
  key: "end",
  description: "Ends the run before its duration is over.",
  example: "when { measure: rate, cells: E, over: 10 s, above: 8 Hz } once: end",
  schema: keys({}),
  label: () => "end of the run",
  initial: null,
  act: (_, kept) => ({
    kept,
    events: [{ kind: "intervention", what: "end", phase: "done" }],
    endsRun: true,
  }),
});
