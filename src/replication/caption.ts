import { findPreset } from "../experiment/presets.ts";
import { program } from "../host/package.ts";
import { derivedFromOthers, resolveParameters } from "../model/derived-defaults.ts";
import {
  modelOf,
  namesOf,
  type ParameterName,
  type Parameters,
  parameterDefinitions,
} from "../model/parameters.ts";
import { durationMs } from "../model/timeline.ts";
import type { PaperFigure } from "../paper/figure.ts";
import { papers } from "../paper/figures.ts";
import type { Measured, Verdict } from "../paper/verdict.ts";
import type { RunSummary } from "../runs/summary.ts";
import type { PlannedRun } from "./runs.ts";

/** A figure of the paper that has been made. */
export interface PaperAccount {
  readonly figure: PaperFigure;
  readonly isQuick: boolean;
  /** 0 for the published network and input. */
  readonly seed: number;
  readonly runs: readonly (PlannedRun & { readonly summary: RunSummary })[];
  readonly verdicts: readonly Verdict[];
}

/** Caption of the figure: panels, runs, durations, seeds, program; in full sentences. */
export function paperCaption(account: Omit<PaperAccount, "verdicts">): string {
  const { figure, isQuick, runs } = account;
  const panels = Object.entries(figure.panels).map(([letter, shows]) => `(${letter}) ${shows}`);
  const conditions = conditionsOf(runs);
  const texts = [...new Set(conditions.map(({ preset }) => preset))].map((preset) => {
    const own = conditions.filter((run) => run.preset === preset);
    const { parameters } = own[0]!;
    const varied = own.length > 1 ? ` at ${own.map(({ label }) => label).join(", ")}` : "";
    const simulated = seconds(durationMs(parameters) / 1000);
    const differing = changedNames(
      own.map((run) => run.parameters),
      [parameters],
    );
    const settings = settingsText(parameters, differing);
    return `${preset}${varied}${settings && ` (${settings})`}, ${simulated} simulated`;
  });
  const whose = figure.paper === "2013" ? "" : ` of ${papers[figure.paper].citation}`;
  const short = isQuick
    ? " This is a short form with faster learning, scaling and deletion: it shows the direction of the effects, not the paper's numbers."
    : "";
  return (
    `Figure ${figure.number}${whose}. ${figure.title}. ${panels.join("; ")}. ` +
    `Runs: ${texts.join("; ")}. ${signalSentence(figure, runs)}${seedSentence(runs[0]!.seed, runs)} ` +
    `${program.name} ${program.version}.${short}`
  );
}

const signalSentence = (figure: PaperFigure, [run]: readonly PlannedRun[]): string =>
  figure.paper === "2014" && figure.shows === "information"
    ? `The information signal is a ${run!.entries.length > 0 ? "recorded" : "synthetic"} one. `
    : "";

/** The first run of each condition. */
const conditionsOf = <Run extends PlannedRun>(runs: readonly Run[]): Run[] =>
  runs.filter(({ role }, k) => runs.findIndex((other) => other.role === role) === k);

/**
 * The parameters that are not the model's defaults, but for seeds, what follows from others, and
 * those in which runs of the experiment differ.
 */
function settingsText(parameters: Parameters, differing: readonly ParameterName[]): string {
  const changed = changedNames([parameters], [defaultsOf(parameters)]);
  const names = changed.filter((name) => !differing.includes(name));
  return names.map((name) => `${name} ${valueText(name, parameters)}`).join(", ");
}

const defaultsOf = ({ model }: Parameters): Parameters => resolveParameters({ model });

const seconds = (value: number): string => `${Number(value.toFixed(3))} s`;

function seedSentence(seed: number, runs: readonly PlannedRun[]): string {
  const replicates = [...new Set(runs.map((run) => run.seed))];
  if (replicates.length > 1) {
    return `${replicates.length} networks and inputs (seeds ${replicates.join(", ")}).`;
  }
  const { parameters } = runs[0]!;
  const seeds = namesOf(modelOf(parameters))
    .filter((name) => name.endsWith("Seed"))
    .map((name) => `${name} ${parameters[name]}`);
  const whose = seed === 0 ? "Published network and input" : `Network and input of seed ${seed}`;
  return `${whose} (${seeds.join(", ")}).`;
}

/**
 * The account of a figure as a page in Markdown: the picture with its caption, the paper's claims
 * and what was measured, and the parameters that are not the model's defaults.
 *
 * @param picture the picture's file, from the page's folder
 */
export function paperPage(account: PaperAccount, caption: string, picture: string): string {
  const { figure, isQuick, runs, verdicts } = account;
  const form = isQuick ? " (short form)" : "";
  return `${[
    `# Figure ${figure.number}${form}: ${figure.title}`,
    `![${figure.title}](${picture})`,
    caption,
    "## Claims of the paper and measured values",
    claimTable(verdicts),
    claimSources[figure.paper === "2014" ? figure.claimsFrom : "abstract"],
    "## Runs",
    runTable(runs),
    "## Parameters other than the model's defaults",
    parameterTable(account),
  ].join("\n\n")}\n`;
}

const claimSources = {
  abstract:
    "The claims are ours, after the paper's abstract; so are the criteria. The body of the paper was not at hand.",
  scripts:
    "The abstract states nothing of the information flow: statements and criteria are ours, after what the batch scripts compare.",
} as const;

const row = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [row(head), row(head.map(() => "---")), ...rows.map(row)].join("\n");

const claimTable = (verdicts: readonly Verdict[]): string =>
  table(
    ["claim", "criterion", "measured", "holds"],
    verdicts.map(({ statement, abstract, criterion, measured, holds }) => [
      abstract ? `${statement} (“${abstract}”)` : statement,
      criterion,
      measured.map(measuredText).join("; "),
      holds === null ? "not tested" : holds ? "**yes**" : "**no**",
    ]),
  );

/** A measured number with its name and unit: "E rate, end 0.61 Hz". */
function measuredText({ name, value, unit }: Measured): string {
  if (value === null) return `${name}: none`;
  if (Number.isNaN(value)) return `${name}: NaN`;
  if (!Number.isFinite(value)) return `${name}: infinite`;
  const digits = Math.abs(value) >= 100 || Number.isInteger(value) ? 0 : 2;
  const isUsual = value === 0 || (Math.abs(value) >= 0.1 && Math.abs(value) < 1e6);
  const number = isUsual ? value.toFixed(digits) : value.toPrecision(2);
  return `${name}: ${number}${unit === "1" ? "" : ` ${unit}`}`;
}

function runTable(runs: PaperAccount["runs"]): string {
  const areReplicated = conditionsOf(runs).length < runs.length;
  return table(
    ["run", "experiment", "recorded", "spikes in it", "wall time"],
    runs.map(({ label, seed, preset, parameters, summary }) => [
      areReplicated ? `${label}, seed ${seed}` : label,
      `\`${preset}\``,
      recordedText(summary, parameters),
      String(summary.spikes),
      seconds(Number(summary.wallSeconds.toFixed(1))),
    ]),
  );
}

/** Description of the run's own record: the whole experiment, or the part after the baseline. */
function recordedText({ startMs }: RunSummary, parameters: Parameters): string {
  const end = seconds(durationMs(parameters) / 1000);
  return startMs === 0 ? end : `${startMs / 1000} to ${end}, as a branch of the baseline`;
}

function parameterTable({ isQuick, runs: all }: PaperAccount): string {
  const runs = conditionsOf(all);
  const defaults = defaultsOf(runs[0]!.parameters);
  const published = runs.map(({ preset }) =>
    resolveParameters(findPreset(preset.replace(/-quick$/, "")).overrides),
  );
  const own = runs.map(({ parameters }) => parameters);
  const changed = new Set([...changedNames(own, [defaults]), ...changedNames(own, published)]);
  const names = namesOf(modelOf(own[0]!)).filter((name) => changed.has(name));
  const head = ["parameter", ...runs.map(({ label }) => label)];
  const rows = names.map((name) => [
    `\`${name}\``,
    ...runs.map(({ parameters }) => valueText(name, parameters)),
    ...(isQuick ? [publishedText(name, published)] : []),
  ]);
  return table([...head, ...(isQuick ? ["published"] : [])], rows);
}

/**
 * Names of parameters of the runs that differ from the given values, one for each run or one for
 * all; but for seeds, and what follows from other parameters.
 */
function changedNames(runs: readonly Parameters[], others: readonly Parameters[]): ParameterName[] {
  return namesOf(modelOf(runs[0]!)).filter(
    (name) =>
      !isOfReplicate(name) &&
      !runs.every((parameters) => derivedFromOthers(name, parameters) === parameters[name]) &&
      runs.some((parameters, k) => parameters[name] !== (others[k] ?? others[0]!)[name]),
  );
}

/** True for parameters that distinguish replicates. */
const isOfReplicate = (name: ParameterName): boolean =>
  name.endsWith("Seed") || name === "weightRandomization";

function valueText(name: ParameterName, parameters: Parameters): string {
  const { unit } = parameterDefinitions[name];
  const hasUnit = unit !== "1" && unit !== "";
  return `${parameters[name]}${hasUnit ? ` ${unit}` : ""}`;
}

const publishedText = (name: ParameterName, published: readonly Parameters[]): string =>
  [...new Set(published.map((parameters) => valueText(name, parameters)))].join(" / ");
