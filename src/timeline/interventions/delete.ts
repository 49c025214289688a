import { regulatedQuantity } from "../../model/homeostasis.ts";
import { AdditiveCongruentialGenerator } from "../../random/additive-congruential.ts";
import { NormalDeviates } from "../../random/distributions.ts";
import type { Column } from "../column.ts";
import { type ChoiceName, choiceNames, choices } from "./choices.ts";
import { cells, choice, integer, keys, number, seed } from "./fields.ts";
import { instantKind } from "./kind.ts";

/** Numbers drawn and cells deleted so far by one entry. */
interface Kept {
  readonly draws: number;
  readonly deleted: number;
}

const schema = keys({
  cells: cells("Cells from which the deleted ones are chosen."),
  count: integer("Number of cells deleted each time.", { minimum: 0, maximum: 1e9 }).optional(),
  fraction: number("Fraction of them deleted each time, of their number at the start of the run.", {
    minimum: 0,
    maximum: 1,
  }).optional(),
  choose: choice("Choice of the deleted cells.", choiceNames, "random"),
  seed: seed(
    "Seed of random choices; default: the run's deletionSeed, in the 2014 model stimulationSeed.",
  ).optional(),
  externalReduction: number(
    "External weights are multiplied by 1 − this × the fraction of the cells deleted by this entry " +
      "in the columns where it deletes any.",
    { minimum: 0, maximum: 1 },
    0,
  ),
  leave: integer("Smallest number of survivors.", { minimum: 0, maximum: 1e9 }, 0),
}).refine(({ count, fraction }) => (count === undefined) !== (fraction === undefined), {
  error: "expected either a count or a fraction of the cells",
});

type Action = ReturnType<typeof schema.parse>;

/** Number of cells deleted at a time, from the number of selected cells. */
const countOf = ({ count, fraction }: Action, cellCount: number): number =>
  count ?? Math.round(fraction! * cellCount);

export const deletion = instantKind<Action, Kept>({
  key: "delete",
  description: "Deletes cells: they receive and send nothing afterwards.",
  example: "from 300 s until 1500 s every 10 s: delete { cells: E, count: 3 }",
  schema,
  label: ({ count, fraction, cells: { given } }) => {
    const share = count === undefined ? `${100 * fraction!} %` : String(count);
    return typeof given === "string" && given !== "all"
      ? `${share} of ${given} deleted`
      : `${share} cells deleted`;
  },
  complete: (action, { model, deletionSeed, stimulationSeed }) => ({
    ...action,
    seed: action.seed ?? (model === "2014" ? stimulationSeed : deletionSeed),
  }),
  check(action, { cells: column }) {
    const { length } = action.cells.resolve(column);
    const count = countOf(action, length);
    const key = action.count === undefined ? "fraction" : "count";
    if (count === 0) return [{ path: [key], message: "this deletes no cells." }];
    if (count + action.leave <= length) return [];
    const left = action.leave > 0 ? `, of which ${action.leave} must survive` : "";
    return [{ path: [key], message: `${count} cells are more than there are: ${length}${left}.` }];
  },
  initial: { draws: 0, deleted: 0 },
  act(action, kept, column, entry) {
    const chosen = column.cells(action.cells);
    const state = column.cellState();
    const regulated = regulatedQuantity(column.parameters.model, state)!;
    const living = chosen.filter((cell) => state.alive[cell]);
    const count = countOf(action, chosen.length);
    if (living.length - count < action.leave) {
      const detail = { living: living.length, wanted: count };
      const event = { kind: "intervention", what: "delete", phase: "exhausted", detail } as const;
      return { kept, events: [event], isOver: true };
    }
    const generator = new Draws(action.seed!, kept.draws);
    const deviates = new NormalDeviates(generator);
    const cells = Array.from({ length: count }, () => {
      const place = choices[action.choose as ChoiceName].choose({
        living,
        state,
        regulated,
        uniform: () => generator.uniform(),
        normal: () => deviates.next(),
      });
      return living.splice(place, 1)[0]!;
    });
    column.change("deleteCells", cells);
    const total = { draws: generator.count, deleted: kept.deleted + count };
    reduceExternalInput(action, total, column, entry);
    const livingCount = state.alive.reduce((sum, one) => sum + one, 0) - count;
    const scaleFactors = cells.map((cell) => state.scaleFactor[cell]!);
    return { kept: total, events: [{ kind: "deletion", cells, scaleFactors, livingCount }] };
  },
  amend(action, kept, column, entry) {
    reduceExternalInput(action, kept, column, entry);
  },
});

/** As cells are lost, neighbouring columns are thought to lose theirs. */
function reduceExternalInput(
  { externalReduction, cells: chosen }: Action,
  { deleted }: Kept,
  column: Column,
  entry: string,
): void {
  const cellCount = column.cellsBeside(chosen);
  const factor = 1 - (1 - (cellCount - deleted) / cellCount) * externalReduction;
  if (factor !== (column.externalFactors[entry] ?? 1)) column.scaleExternalInput(entry, factor);
}

/** A generator that has gone on for a while, and counts. */
class Draws {
  readonly #generator: AdditiveCongruentialGenerator;
  count = 0;

  constructor(seedValue: number, count: number) {
    this.#generator = new AdditiveCongruentialGenerator(seedValue);
    while (this.count < count) this.uniform();
  }

  uniform(): number {
    this.count++;
    return this.#generator.uniform();
  }
}
