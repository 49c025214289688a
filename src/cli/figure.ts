import { Argument, type Command, Option } from "commander";
import type { ThemeName } from "../drawing/theme.ts";
import type { TimeUnit } from "../drawing/time-axis.ts";
import type { PoolTask } from "../executors/workers/pool.ts";
import type { ParameterOverrides, Parameters } from "../model/parameters.ts";
import { figureAt, type Paper, type PaperFigure, paperYears } from "../paper/figure.ts";
import { papers } from "../paper/figures.ts";
import type { Reading } from "../paper/figures-2013.ts";
import { publishedSeeds } from "../paper/figures-2014.ts";
import { type PictureFormat, pictureFormats } from "../pictures/formats.ts";
import type {
  PaperFigureRequest,
  PaperFigureResult,
  PaperRunOutcome,
} from "../replication/figure.ts";
import { LiveTable } from "../terminal/live-table.ts";
import { workObserver } from "../terminal/work-observer.ts";
import { collect, numbers, seed, wholeNumber } from "./arguments/option-values.ts";
import { addSignalOptions, type SignalOptions, signalOf } from "./arguments/signal-file.ts";
import { exitCodes, UsageError } from "./failure.ts";
import { helpExamples } from "./help-examples.ts";

interface FigureOptions extends SignalOptions {
  readonly paper: Paper;
  readonly replicates?: number;
  readonly quick?: boolean;
  readonly as?: Reading;
  readonly values?: readonly number[];
  readonly out: string;
  readonly seed?: number;
  readonly set?: readonly string[];
  readonly workers?: number;
  readonly format?: PictureFormat;
  readonly dpi?: number;
  readonly theme?: ThemeName;
  readonly timeUnit?: TimeUnit;
  readonly title?: string;
  readonly quiet?: boolean;
  readonly json?: boolean;
}

export function defineCommand(command: Command): void {
  command.description(
    "Produces a figure of Rowan & Neymotin (2013) or, with --paper 2014, of Rowan, Neymotin & " +
      "Lytton (2014): records the necessary runs on all cores, draws the figure, and tests the " +
      "paper's claims. Existing runs are reused; after Ctrl-C, " +
      "repeat the command to continue. Also writes a page in Markdown (caption, claims, " +
      "parameters) and the plotted numbers as CSV and NPZ.",
  );
  addSignalOptions(command, "paper 2014, figures 10 and 11; default: a synthetic one")
    .addArgument(new Argument("<number>", `${listed("2013")}; of 2014: ${listed("2014")}`))
    .addOption(
      new Option("--paper <year>", "paper of the figure").choices(paperYears).default("2013"),
    )
    .option("--quick", "use the short forms of the experiments: minutes")
    .option(
      "--replicates <n>",
      `paper 2014: the first n of its ${publishedSeeds.length} seeds (default: ` +
        `${USUAL_REPLICATES}; with --quick ${QUICK_REPLICATES})`,
      wholeNumber(1, publishedSeeds.length),
    )
    .addOption(
      new Option(
        "--as <reading>",
        "figure 2: deposited, the commands of the deposited README; or intended, which combines " +
          "them with the durations of a batch script (default: intended)",
      ).choices(["intended", "deposited"]),
    )
    .option(
      "--values <n,n…>",
      "paper 2014, figures 6 to 9 and 11: these frequencies or weights of stimulation alone",
      numbers,
    )
    .option("--out <dir>", "folder of the runs and, in figures/, the figure", "runs")
    .option(
      "--seed <n>",
      "seed of another network and input; 0: the published ones; paper 2014: this replicate alone",
      seed,
    )
    .option(
      "--set <name=value>",
      "change a parameter in all runs (isocortex's or the original's name); repeatable",
      collect,
    )
    .option("--workers <n>", "simultaneous runs (default: one per core)", wholeNumber(1, 1024))
    .addOption(
      new Option("--format <format>", "svg, png or pdf (default: svg)").choices(pictureFormats),
    )
    .addOption(
      new Option("--theme <theme>", "light or dark (default: light)").choices(["light", "dark"]),
    )
    .addOption(
      new Option("--time-unit <unit>", "s, h or d (default: by the duration of the runs)").choices([
        "s",
        "h",
        "d",
      ]),
    )
    .option("--dpi <n>", "resolution of PNG, dots per inch (default: 300)", wholeNumber(10, 2400))
    .option("--title <text>", 'title (default: number and what it shows; "" for none)')
    .option("--quiet", "show no progress")
    .option("--json", "print runs, claims with all numbers, and files as JSON")
    .addHelpText(
      "after",
      helpExamples([
        ["isocortex figure 5 --quick", "training with scaling, short form"],
        ["isocortex figure 4 --format pdf", "the published experiment, for print"],
        ["isocortex figure 2 --as deposited", "figure 2 as in the deposited README"],
        ["isocortex figure 6 --paper 2014 --quick", "the second paper, short form"],
        [
          "isocortex figure 7 --paper 2014 --values 2 --replicates 3",
          "without stimulation and at 2 mV, in three of its networks",
        ],
        [
          "isocortex figure 10 --paper 2014 --signal lfp.txt --signal-rate 4000",
          "information flow with a recorded signal",
        ],
        ["isocortex figure 7 --quick --json | jq .claims", "the claims with their numbers"],
      ]),
    )
    .action(makeFigure);
}

/** Numbers of a paper's figures as a list: "2, 3 or 4". */
function listed(paper: Paper): string {
  const numbers = papers[paper].figures;
  return `${numbers.slice(0, -1).join(", ")} or ${numbers.at(-1)}`;
}

/** Replicates of a figure of the second paper, which averages over 50. */
const USUAL_REPLICATES = 5;
const QUICK_REPLICATES = 2;

function figureOf(text: string, { paper, as: reading, values }: FigureOptions): PaperFigure {
  const { figures, otherFigures, figure } = papers[paper];
  const number = figures.find((one) => String(one) === text.trim());
  if (number === undefined) {
    const other = papers[paper === "2013" ? "2014" : "2013"].figures;
    const isOther = other.some((one) => String(one) === text.trim());
    const hint = isOther ? ` For the other paper, change --paper ${paper}.` : "";
    throw new UsageError(`Figure ${text}: expected ${listed(paper)}. ${otherFigures}${hint}`);
  }
  if (reading !== undefined && !(paper === "2013" && number === 2)) {
    throw new UsageError(`--as ${reading}: only figure 2 of 2013 has two versions.`);
  }
  const whole = figure(number, reading);
  return values === undefined ? whole : withValues(whole, values);
}

/** A figure with some of its conditions alone: the first, and those of some values of what varies. */
function withValues(figure: PaperFigure, values: readonly number[]): PaperFigure {
  const varied = figure.conditions.flatMap(({ changed }) => (changed ? [changed.value] : []));
  if (varied.length === 0) {
    throw new UsageError(
      `--values: figure ${figure.number} of ${figure.paper} varies neither frequency nor weight.`,
    );
  }
  const unknown = values.find((value) => !varied.includes(value));
  if (unknown !== undefined) {
    throw new UsageError(`--values ${unknown}: the figure has ${varied.join(", ")}.`);
  }
  return figureAt(figure, values);
}

/** Seeds of the replicates of a figure that averages over them. */
function seedsOf(options: FigureOptions): readonly number[] | undefined {
  const { paper, replicates, seed: only, quick } = options;
  if (paper === "2013") {
    if (replicates === undefined) return undefined;
    throw new UsageError(
      "--replicates: the figures of 2013 show one network; repeat them with isocortex replicate.",
    );
  }
  if (only === undefined) {
    return publishedSeeds.slice(0, replicates ?? (quick ? QUICK_REPLICATES : USUAL_REPLICATES));
  }
  if (replicates === undefined) return [only];
  throw new UsageError("--seed and --replicates: give one of them.");
}

async function makeFigure(text: string, options: FigureOptions): Promise<void> {
  const { as: reading, out, quick = false, quiet, json } = options;
  const figure = figureOf(text, options);
  const { runNotes } = await import("../experiment/run-notes.ts");
  const { parseAssignments } = await import("../model/overrides.ts");
  const { writeNotes } = await import("./recording.ts");
  const showsInformation = figure.paper === "2014" && figure.shows === "information";
  if (options.signal !== undefined && !showsInformation) {
    throw new UsageError("--signal: only figures 10 and 11 of 2014 have an information signal.");
  }
  const request: PaperFigureRequest = {
    ...options,
    ...(await signalOf(options)),
    figure,
    seeds: seedsOf(options),
    isAsDeposited: reading === "deposited",
    isQuick: quick,
    dotsPerInch: options.dpi,
    directory: out,
    changes: parseAssignments(options.set ?? []),
  };
  writeNotes(runNotes([{ parameters: await noteworthy(figure, request.changes), entries: [] }]));
  const table = new LiveTable({ quiet });
  const outcome = await recordRuns(request, table);
  if (!outcome.areComplete) {
    reportUnfinished(outcome, table);
    return;
  }
  table.show(["measuring and drawing …"], []);
  const { writePaperFigure } = await import("../replication/figure.ts");
  const result = await writePaperFigure(request, outcome);
  table.clear();
  process.stdout.write(json ? await jsonText(result) : resultText(result));
}

/** Parameters of a run that says what there is to say of the figure's: with its changes alone. */
async function noteworthy(
  { paper, number }: PaperFigure,
  changes: ParameterOverrides,
): Promise<Parameters> {
  const { resolveParameters } = await import("../model/derived-defaults.ts");
  const protocol = number === 2 ? "deletion" : "training";
  return resolveParameters({
    ...(paper === "2013" ? { protocol } : { model: paper }),
    ...changes,
  });
}

/** Records the runs that are missing, and shows how far they are. */
async function recordRuns(request: PaperFigureRequest, table: LiveTable): Promise<PaperRunOutcome> {
  const { recordPaperRuns } = await import("../replication/figure.ts");
  const { heedInterruption } = await import("../host/interruption.ts");
  const interruption = heedInterruption();
  return recordPaperRuns(request, (tasks) => ({
    signal: interruption.signal,
    ...workObserver<PoolTask>(table, tasks, ({ id }) => tasks.find((task) => task.id === id)!),
  })).finally(() => {
    interruption.release();
    table.clear();
  });
}

/** Says what is missing, and how to go on. */
function reportUnfinished({ plan, outcomes }: PaperRunOutcome, table: LiveTable): void {
  const failed = outcomes.flatMap((outcome, k) =>
    outcome.status === "failed" ? [`${plan.tasks[k]!.id}: ${outcome.reason}`] : [],
  );
  const complete = outcomes.filter(({ status }) => status === "complete").length;
  if (failed.length > 0) throw new Error(failed.join("\n"));
  table.note(
    `Interrupted: ${complete} of ${outcomes.length} runs are complete; the others are kept up to ` +
      "their last checkpoint.\nContinue: repeat the command.",
  );
  process.exitCode = exitCodes.interrupted;
}

function resultText({ files, verdicts, figure }: PaperFigureResult): string {
  const claims = verdicts.map(({ statement, holds }) => {
    const verdict = holds === null ? "–  " : holds ? "yes" : "NO ";
    return `  ${verdict}  ${statement}${holds === null ? " (not tested: not recorded)" : ""}`;
  });
  return [
    ...files,
    "",
    `Figure ${figure.number}: claims of the paper, and whether they hold in these runs`,
    ...claims,
    "Numbers: in the page above, or with --json.",
    "",
  ].join("\n");
}

async function jsonText({
  figure,
  isQuick,
  seed: network,
  runs,
  verdicts,
  caption,
  files,
}: PaperFigureResult): Promise<string> {
  const { numberJson } = await import("../encoding/number-json.ts");
  const content = {
    paper: figure.paper,
    figure: figure.number,
    title: figure.title,
    quick: isQuick,
    seed: network,
    runs: runs.map(({ role, preset, seed: own, summary }) => ({
      ...summary,
      role,
      preset,
      seed: own,
    })),
    claims: verdicts,
    caption,
    files,
  };
  return `${numberJson(content, 2)}\n`;
}
