import type * as z from "zod";
import type { Receptor } from "../../model/receptors.ts";
import type { PatternKey } from "../../network/stimuli/pattern.ts";
import { findPattern, type PatternName, patternNames } from "../../network/stimuli/patterns.ts";
import type { Column } from "../column.ts";
import type { ColumnCells } from "../selections/kind.ts";
import { findTrains, readTrains, TrainFileError } from "../spike-trains.ts";
import {
  type FileSource,
  type GeneratedSource,
  type ListedSource,
  patternPlan,
  type StimulusPlan,
} from "../stimulus-plan.ts";
import { endOf } from "../when.ts";
import {
  cells,
  choice,
  integer,
  keys,
  rate,
  seed,
  text,
  time,
  times,
  toggle,
  voltage,
} from "./fields.ts";
import { type Held, stateKind } from "./kind.ts";

/** The receptors, by the names that files have for them. */
const receptorNames = {
  AMPA: "ampaDistal",
  NMDA: "nmdaDistal",
  "GABA-proximal": "gabaProximal",
  "GABA-distal": "gabaDistal",
} as const satisfies Readonly<Record<string, Receptor>>;

const fields = {
  time: (description: string) => time(description).optional(),
  count: (description: string) => integer(description, { minimum: 0 }).optional(),
  seed: (description: string) => seed(description).optional(),
  switch: (description: string) => toggle(description).optional(),
} as const satisfies Readonly<Record<PatternKey["kind"], (description: string) => z.ZodType>>;

/** The keys of all patterns; each says whose it is. */
const patternKeys = Object.fromEntries(
  patternNames.flatMap((name) =>
    Object.entries(findPattern(name).keys).map(([key, described]) => [
      key,
      fieldOf(name, described),
    ]),
  ),
);

function fieldOf(name: PatternName, { kind, description, default: value }: PatternKey) {
  const text = kind === "time" ? `${value} ms` : kind === "switch" ? (value ? "on" : "off") : value;
  const byDefault = value === undefined ? "" : `; by default ${text}`;
  return fields[kind](`${description.slice(0, -1)} (${name}${byDefault}).`);
}

const schema = keys({
  cells: cells("Cells that receive input."),
  receptor: choice("Receptors that receive the input.", Object.keys(receptorNames), "AMPA"),
  weight: voltage(
    "Weight of an input: the change of the receptor's deviation at rest; homeostatic scaling does not affect it.",
    { minimum: 0, above: true, maximum: 1e6 },
  ),
  rate: rate("Rate of the inputs to each cell; of volleys, the rate of volleys.", {
    minimum: 1e-9,
    maximum: 1e5,
  }).optional(),
  pattern: choice(
    `Times of the inputs: ${patternNames
      .map((name) => `${name}, ${findPattern(name).description}`)
      .join("; ")}.`,
    patternNames,
  ).optional(),
  times: times("Times of inputs to all of the cells, relative to the start.").optional(),
  file: text(
    "File of spike trains, CSV, NPZ, SONATA or NWB; times are relative to the start.",
    "a file's name",
  ).optional(),
  checksum: text(
    "Checksum of the file's trains; if given, it must match.",
    "16 hexadecimal digits",
    /^[0-9a-f]{16}$/,
  ).optional(),
  together: toggle("The same inputs to all cells, or independent ones.", false),
  seed: seed("Seed of the pattern; default: the run's trainingSeed.").optional(),
  ...(patternKeys as Readonly<Record<string, z.ZodType<number | boolean | undefined>>>),
}).superRefine((action, context) => {
  for (const [key, message] of contradictions(action as Action)) {
    context.addIssue({ code: "custom", path: key === "" ? [] : [key], message });
  }
});

type Action = Omit<z.output<typeof schema>, "pattern"> & {
  readonly pattern?: PatternName | undefined;
} & Readonly<Record<string, unknown>>;

function* contradictions(action: Action): Generator<readonly [key: string, message: string]> {
  const { pattern, times: listed, file } = action;
  if ([pattern, listed, file].filter((one) => one !== undefined).length !== 1) {
    yield ["", `expected either a pattern (${patternNames.join(", ")}), times or a file`];
    return;
  }
  if (pattern !== undefined && action.rate === undefined) {
    yield ["rate", "a pattern needs its rate, such as 8 Hz"];
  }
  for (const key of Object.keys(patternKeys)) {
    if (action[key] === undefined || (pattern && key in findPattern(pattern).keys)) continue;
    const owners = patternNames.filter((name) => key in findPattern(name).keys).join(", ");
    yield [key, `${key} is only for the pattern ${owners}`];
  }
  if (file === undefined && action.checksum !== undefined) {
    yield ["checksum", "checksum requires file"];
  }
  if (pattern !== undefined) return;
  for (const key of ["rate", "seed"] as const) {
    if (action[key] !== undefined) yield [key, `${key} requires a pattern`];
  }
  if (file !== undefined && action.together) {
    yield ["together", "together cannot be combined with file, which assigns inputs to cells"];
  }
}

/** The checksum of a file's trains, or why there is none: known trains are not read again. */
function trainsOf(file: string, checksum: string | undefined) {
  if (checksum !== undefined && findTrains(checksum)) return { checksum };
  try {
    const found = readTrains(file);
    if (checksum === undefined || checksum === found) return { checksum: found };
    return { fault: `${file} contains different spike trains, with the checksum ${found}` };
  } catch (error) {
    if (!(error instanceof TrainFileError)) throw error;
    return { fault: error.message };
  }
}

function trainProblems({ file, checksum, fault }: Action, { cellCount }: ColumnCells) {
  if (fault !== undefined) return [{ path: ["file"], message: String(fault) }];
  const last = findTrains(checksum!)!.cells.reduce((most, cell) => Math.max(most, cell), 0);
  if (last < cellCount) return [];
  const message = `${file} contains cell ${last}, but the column has cells 0 to ${cellCount - 1}`;
  return [{ path: ["file"], message }];
}

/** Source of an action's inputs. */
function sourceOf(action: Action): GeneratedSource | ListedSource | FileSource {
  const { pattern, rate: rateHz, seed: own, together, times: listed } = action;
  if (action.checksum !== undefined) return { checksum: action.checksum };
  if (pattern === undefined) return { timesMs: listed! };
  const given = Object.keys(findPattern(pattern).keys).filter((key) => action[key] !== undefined);
  const values = Object.fromEntries(given.map((key) => [key, action[key]]));
  return { pattern, rateHz: rateHz!, seed: own!, together, values };
}

const planOf = ({ action, begunMs, untilMs }: Held<Action>): StimulusPlan => ({
  cells: action.cells.given,
  receptor: receptorNames[action.receptor as keyof typeof receptorNames],
  weightMv: action.weight,
  startMs: begunMs,
  endMs: untilMs === Infinity ? null : untilMs,
  source: sourceOf(action),
});

export const stimulate = stateKind<Action>({
  key: "stimulate",
  foreseesEnd: true,
  description: "Adds input to cells, besides the external streams.",
  example:
    "from 100 s until 200 s: stimulate { cells: E2, weight: 2 mV, rate: 3 Hz, pattern: poisson }",
  schema: schema as unknown as z.ZodType<Action>,
  label({ cells: { given }, pattern, file, rate: rateHz, receptor }) {
    const target = typeof given === "string" ? given : "some cells";
    const listed = file === undefined ? "listed input" : `input of ${file}`;
    const how = pattern === undefined ? listed : `${pattern} input at ${rateHz} Hz`;
    return `${target}: ${how}, ${receptor}`;
  },
  complete: (action, { trainingSeed, inputSeed }) => ({
    ...action,
    ...(action.pattern !== undefined && { seed: action.seed ?? trainingSeed }),
    ...(action["shuffled"] === true && { shuffleSeed: action["shuffleSeed"] ?? inputSeed }),
    ...(action.file !== undefined && trainsOf(action.file, action.checksum)),
  }),
  files: ["file"],
  seal: ({ checksum }) => (checksum === undefined ? {} : { checksum }),
  check(action, { cells: column }, when) {
    if (action.file !== undefined) return trainProblems(action, column);
    const source = sourceOf(action);
    if (!("pattern" in source)) return [];
    const endMs = endOf(when, 0);
    const held = { startMs: 0, endMs: endMs < Infinity ? endMs : null };
    const plan = patternPlan(action.cells.resolve(column), column, held, source);
    const problem = findPattern(source.pattern).problem?.(plan);
    return problem ? [{ path: [problem.key], message: problem.message }] : [];
  },
  hold: stimulateCells,
  resume: stimulateCells,
});

function stimulateCells(held: readonly Held<Action>[], column: Column): void {
  column.setStimuli("stimulate", held.map(planOf));
}
