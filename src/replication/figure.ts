import { basename, join } from "node:path";
import type { ThemeName } from "../drawing/theme.ts";
import type { TimeUnit } from "../drawing/time-axis.ts";
import {
  type PoolObserver,
  type PoolOptions,
  runTasks,
  type TaskOutcome,
} from "../executors/workers/pool.ts";
import type { PaperFigure } from "../paper/figure.ts";
import { figureFiles } from "../pictures/files.ts";
import type { PictureKind } from "../pictures/formats.ts";
import { checkEach, checkTogether } from "../runs/needs.ts";
import type { RunSummary } from "../runs/summary.ts";
import { checkReplaceable, writeOutputs } from "../store/output-files.ts";
import { type PaperAccount, paperCaption, paperPage } from "./caption.ts";
import { readPaperRuns } from "./reading.ts";
import { type PaperPlan, type PaperRunRequest, type PaperTask, planPaperRuns } from "./runs.ts";

/** A figure of the paper that is to be made. */
export interface PaperFigureRequest extends PaperRunRequest, PoolOptions, PictureKind {
  readonly figure: PaperFigure;
  /** Set where figure 2 is read as deposited: its files say so. */
  readonly isAsDeposited?: boolean | undefined;
  /** Set where the figure has these values alone of what its conditions vary: its files say so. */
  readonly values?: readonly number[] | undefined;
  readonly theme?: ThemeName | undefined;
  readonly timeUnit?: TimeUnit | undefined;
  /** Empty for none. */
  readonly title?: string | undefined;
}

/** A figure of the paper, drawn and judged. */
export interface PaperFigureResult extends PaperAccount {
  readonly caption: string;
  /** The picture, its page, its numbers. */
  readonly files: readonly string[];
}

/** Result of the runs for a figure. */
export interface PaperRunOutcome {
  readonly plan: PaperPlan;
  readonly outcomes: readonly TaskOutcome[];
  readonly areComplete: boolean;
}

/**
 * Records what is missing of a figure's runs, on all cores; what is there already is kept, and what
 * was interrupted goes on.
 *
 * @throws {OccupiedPathError} when somebody else's file has the name of the picture or its page
 * @throws {RunSizeError} when the runs take more than this machine has; none is begun
 */
export async function recordPaperRuns(
  request: PaperFigureRequest,
  observe: (tasks: readonly PaperTask[]) => PoolObserver,
): Promise<PaperRunOutcome> {
  const stem = pathStem(request);
  await checkReplaceable([`${stem}.${request.format ?? "svg"}`, pageOf(stem)], "own");
  const plan = planPaperRuns(request.figure, request);
  checkTaskNeeds(plan.tasks, request.directory);
  const outcomes = await runTasks(plan.tasks, request, observe(plan.tasks));
  const areComplete = outcomes.every(({ status }) => status === "complete");
  return { plan, outcomes, areComplete };
}

/** Checks what is still to be recorded before any of it is begun. */
function checkTaskNeeds(tasks: readonly PaperTask[], directory: string): void {
  const open = tasks.filter(({ fromMs, endMs }) => fromMs < endMs);
  const needs = open.map((task) => ({ needs: task.needs, count: 1 }));
  checkEach(needs, directory);
  checkTogether("The recording", needs, directory);
}

/** Draws a figure of complete runs, judges the paper's claims by them, and writes it all to files. */
export async function writePaperFigure(
  request: PaperFigureRequest,
  { plan, outcomes }: PaperRunOutcome,
): Promise<PaperFigureResult> {
  const { figure, isQuick, seed = 0 } = request;
  const runs = plan.runs.map((run) => {
    const index = plan.tasks.findIndex(({ id }) => id === run.directory);
    return { ...run, summary: summaryOf(outcomes[index]!) };
  });
  const { verdicts, draw } = readPaperRuns(figure, plan.runs);
  const account = { figure, isQuick, seed, runs };
  const caption = paperCaption(account);
  const { title = `Figure ${figure.number}. ${figure.title}` } = request;
  const drawn = draw(caption, { ...request, title });
  const stem = pathStem(request);
  const files = await figureFiles(drawn, stem, request);
  const [picture, ...numbers] = files.keys();
  const page = pageOf(stem);
  files.set(page, [paperPage({ ...account, verdicts }, caption, basename(picture!))]);
  await writeOutputs(files);
  return { ...account, verdicts, caption, files: [picture!, page, ...numbers] };
}

/** Path of a figure's files without their endings. */
const pathStem = (request: PaperFigureRequest): string =>
  join(request.directory, "figures", stemOf(request));

const pageOf = (stem: string): string => `${stem}.md`;

function summaryOf(outcome: TaskOutcome): RunSummary {
  if (outcome.status === "complete" && outcome.summary) return outcome.summary;
  throw new Error("A run of the figure is not complete.");
}

/** The figure's file name: "figure-2-as-deposited-quick-seed3", "figure-2014-7-at-2-and-3". */
function stemOf(request: PaperFigureRequest): string {
  const { figure, isAsDeposited, values, isQuick, seed, theme } = request;
  const paper = figure.paper === "2013" ? "" : `${figure.paper}-`;
  const reading = isAsDeposited ? "-as-deposited" : "";
  const at = values === undefined ? "" : `-at-${values.join("-and-")}`;
  const form = isQuick ? "-quick" : "";
  const network = seed === undefined ? "" : `-seed${seed}`;
  return `figure-${paper}${figure.number}${reading}${at}${form}${network}${theme === "dark" ? "-dark" : ""}`;
}
