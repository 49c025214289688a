import { lastPopulationSeed } from "../../network/stimuli/electrode-list.ts";
import { choice, keys, rate, seed } from "./fields.ts";
import { stateKind } from "./kind.ts";

export const damage = stateKind({
  key: "damage",
  description:
    "Cells die by themselves: at arrivals, while their activity exceeds 2.5 times its target " +
    "(2014 model).",
  example: "from 200 s: damage { rule: excitotoxicity, rate: 1e-4 Hz }",
  schema: keys({
    rule: choice("Rule of death.", ["excitotoxicity"], "excitotoxicity"),
    rate: rate("Probability of death per second, times the scale factor.", { minimum: 0 }),
    time: choice(
      "Time in the probability: published, t − t′/1000 in ms from a misplaced bracket, or intended, " +
        "(t − t′)/1000, with t′ the previous arrival.",
      ["published", "intended"],
      "published",
    ),
    seed: seed("Seed of the draws; default: that of the last signal population.").optional(),
  }),
  label: () => "excitotoxic death",
  models: [2014],
  complete: (action, { signalPopulations }) => ({
    ...action,
    seed: action.seed ?? lastPopulationSeed(signalPopulations),
  }),
  hold(held, column, before) {
    const { action } = held.at(-1) ?? before.at(-1) ?? {};
    if (!action) return;
    column.change("enableDeaths", held.length > 0 ? action.rate : 0, action.seed!, action.time);
  },
});
