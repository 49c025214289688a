import type { Preset } from "../experiment/preset.ts";
import { models } from "../model/parameter-definition.ts";
import type { ParameterListing } from "../model/parameter-listing.ts";
import type { InterventionListing, KeyListing } from "../timeline/interventions/listing.ts";
import { columnsOf, type Palette } from "./streams.ts";
import { textTable, wrapText } from "./text-table.ts";

/** Tables with a line for each entry; on a terminal, where long lines break, indented paragraphs. */

type Experiment = Preset & { readonly durationS: number };

export const experimentsText = (experiments: readonly Experiment[], paint: Palette): string =>
  process.stdout.isTTY
    ? experiments.map((experiment) => experimentEntry(experiment, paint)).join("")
    : experimentTable(experiments);

export const interventionsText = (all: readonly InterventionListing[], paint: Palette): string =>
  `${all.map((intervention) => interventionEntry(intervention, paint)).join("\n")}
The last line of each is for --add. In a file, times and action are keys of one entry, such as
    - { from: 10 s, until: 20 s, external: 0.8 }
`;

export const figuresText = (
  figures: readonly { readonly name: string; readonly shows: string }[],
  paint: Palette,
): string =>
  textTable(
    [{ heading: "name" }, { heading: "content" }],
    figures.map(({ name, shows }) => [name, shows]),
    paint.bold,
  );

export const parametersText = (parameters: readonly ParameterListing[], paint: Palette): string =>
  process.stdout.isTTY
    ? parameters.map((parameter) => parameterEntry(parameter, paint)).join("")
    : parameterTable(parameters);

const experimentTable = (experiments: readonly Experiment[]) =>
  textTable(
    [
      { heading: "name" },
      { heading: "simulated", align: "right" },
      { heading: "figure" },
      { heading: "what it is" },
    ],
    experiments.map(({ name, durationS, figure, title }) => [
      name,
      `${durationS} s`,
      figure ?? "",
      title,
    ]),
  );

const parameterTable = (parameters: readonly ParameterListing[]) =>
  textTable(
    "name,original,model,unit,default,first matters,can change,what it does"
      .split(",")
      .map((heading) => ({ heading })),
    parameters.map((one) => [
      one.name,
      one.original.join(" "),
      one.models.join(" "),
      one.unit,
      isLong(one.default) ? shortDefault(one.default) : one.default,
      onsetTexts[one.matters],
      changeTexts[one.changes.latest],
      isLong(one.default) ? `${one.doc} Default: ${one.default}.` : one.doc,
    ]),
  );

const shortDefault = (text: string) => (text.includes("(2014)") ? "by model" : "derived");

/** Defaults that follow from other parameters, or by model, are longer than a column is wide. */
const isLong = (text: string): boolean => text.length > 10;

function experimentEntry({ name, durationS, figure, title }: Experiment, paint: Palette): string {
  const published = figure === null ? "" : `, figure ${figure}`;
  return `${paint.bold(name)} – ${durationS} s${published}\n${indented(title)}`;
}

function interventionEntry(intervention: InterventionListing, paint: Palette): string {
  const { key, description, example, keys } = intervention;
  const names = Math.max(...keys.map(({ name }) => name.length)) + 2;
  const lines = keys.map(
    (one) => `    ${one.name === "" ? "" : one.name.padEnd(names)}${keyText(one)}\n`,
  );
  return `${paint.bold(key)}: ${description}\n${lines.join("")}    ${paint.faint(example)}\n`;
}

/** Text of a key: meaning, accepted values, and default. */
function keyText({ description, allowed, unit, required, ...field }: KeyListing): string {
  const unitText = unit === "" || unit === "1" || allowed.includes(unit) ? "" : `, ${unit}`;
  const value = field.default === undefined ? "optional" : `default ${field.default}`;
  return `${description} (${allowed}${unitText}${required ? "" : `; ${value}`})`;
}

/** Time at which a parameter can first make a difference. */
const onsetTexts: Readonly<Record<ParameterListing["matters"], string>> = {
  "from the beginning": "from the beginning",
  "with scaling": "once scaling is on",
  "with plasticity": "once plasticity is on",
  "as entries": "with entries of the timeline",
  "through entries": "with entries of the timeline",
  never: "never",
};

/** The latest moment at which a parameter can be changed. */
const changeTexts: Readonly<Record<ParameterListing["changes"]["latest"], string>> = {
  "any time": "at any time",
  branch: "in a branch",
  beginning: "in a new run",
};

function parameterEntry(parameter: ParameterListing, paint: Palette): string {
  const { name, original, models: own, unit, default: value, doc, allowed } = parameter;
  const { matters, changes } = parameter;
  const alias = original.length > 0 ? ` (${original.join(", ")})` : "";
  const unitText = unit === "1" || unit === "" ? "" : ` ${unit}`;
  const only = own.length < models.length ? ` Only in the ${own.join()} model.` : "";
  const course = `First matters ${onsetTexts[matters]}; can change ${changeTexts[changes.latest]}.`;
  return `${paint.bold(name)}${alias} = ${value}${unitText}\n${indented(doc + only)}${indented(`Allowed: ${allowed}.`)}${indented(course)}`;
}

const indented = (text: string) => wrapText(text, Math.min(columnsOf(process.stdout), 100), "    ");
