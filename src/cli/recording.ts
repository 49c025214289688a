import type { CellSelection } from "../analysis/state/sampled-variable.ts";
import { runNotes } from "../experiment/run-notes.ts";
import { shellLine } from "../host/shell-words.ts";
import { withSmallYoungGeneration } from "../host/young-generation.ts";
import type { FigureKind } from "../pictures/kinds.ts";
import { excursionTexts } from "../recording/excursions.ts";
import { holdsRun } from "../runs/directory.ts";
import type { RunRequest } from "../runs/recorded.ts";
import type { RunObserver } from "../runs/session.ts";
import type { RunSummary } from "../runs/summary.ts";
import { StorageError } from "../store/errors.ts";
import { OccupiedPathError } from "../store/output-files.ts";
import { ProgressLine, percentText, runProgress } from "../terminal/progress-line.ts";
import {
  bytesText,
  countText,
  durationWords,
  secondsText,
  shortNumber,
  threadUseTexts,
} from "../terminal/quantities.ts";
import { printJson } from "../terminal/streams.ts";
import type { ThreadCount } from "../threads/starting.ts";
import { exitCodes } from "./failure.ts";

/** Options for showing a run. */
export interface RecordingOptions {
  readonly quiet?: boolean;
  readonly json?: boolean;
}

/** A figure to be drawn at the end of a run. */
export interface EndFigure {
  readonly kind: FigureKind;
  readonly selection?: CellSelection;
}

/** A recording as its user sees it. */
export interface ShownRecording {
  readonly directory: string;
  readonly label: string;
  /** As asked for: whoever continues it will want as many. */
  readonly threads?: ThreadCount | undefined;
}

/** Records something, told how it goes and whether to stop. */
export type RecordingTask = (observer: RunObserver) => Promise<RunSummary>;

/** Simulates and records a run, shows how it goes, draws its figures and sums it up. */
export async function execute(
  request: RunRequest,
  figures: readonly EndFigure[],
  options: RecordingOptions,
): Promise<void> {
  writeNotes(runNotes([{ ...request, entries: request.entries ?? [] }]));
  const { recordRun } = await import("../runs/recorded.ts");
  await showRecording(request, (observer) => recordRun(request, observer), figures, options);
}

/** Writes what should be known before work begins. */
export function writeNotes(notes: readonly string[]): void {
  for (const note of notes) process.stderr.write(`note: ${note}\n`);
}

/** Carries out a recording, shows how it goes, draws its figures and sums it up. */
export async function showRecording(
  { directory, label, threads }: ShownRecording,
  task: RecordingTask,
  figures: readonly EndFigure[],
  { quiet, json }: RecordingOptions,
): Promise<void> {
  const { heedInterruption } = await import("../host/interruption.ts");
  const resumption = resumeCommand(directory, threads);
  const progress = new ProgressLine({ quiet });
  progress.show([`${label}: building the network …`]);
  const interruption = heedInterruption();
  const observer: RunObserver = {
    onReport: (report) => progress.show(runProgress(report)),
    onReplay: (simulatedMs, untilMs) =>
      progress.show([`${percentText(simulatedMs, untilMs)}  repeating the past`]),
    onNote: (text) => progress.note(`note: ${text}`),
    ...interruption,
    command: ["isocortex", ...process.argv.slice(2)],
  };
  const summary = await withSmallYoungGeneration(() => task(observer))
    .catch((error: unknown) => {
      throw withContinuation(error, directory, resumption);
    })
    .finally(() => {
      interruption.release();
      progress.clear();
    });
  if (summary.status === "interrupted") {
    progress.note(interruptionText(summary, resumption));
    process.exitCode = exitCodes.interrupted;
    if (json) printJson(summary);
    return;
  }
  if (!json) process.stdout.write(summaryText(summary));
  const files = await drawFigures(summary.directory, figures, progress);
  progress.clear();
  if (json) printJson({ ...summary, figures: files });
  else process.stdout.write(closingText(summary.directory, files));
}

/**
 * Draws figures of a finished run; one that the run has no data for, or whose place is taken, is
 * passed over with a note.
 */
async function drawFigures(
  directory: string,
  figures: readonly EndFigure[],
  progress: ProgressLine,
): Promise<string[]> {
  if (figures.length === 0) return [];
  const { openDrawnRuns } = await import("../pictures/drawn-run.ts");
  const { writeRunFigures } = await import("../pictures/run-figures.ts");
  const { FigureDataError } = await import("../drawing/figure.ts");
  const runs = openDrawnRuns([directory]);
  const files: string[] = [];
  for (const figure of figures) {
    progress.show([`drawing ${figure.kind} …`]);
    try {
      files.push(...(await writeRunFigures(runs, [figure], directory)));
    } catch (error) {
      const isOccupied = error instanceof OccupiedPathError;
      if (isOccupied) process.exitCode = exitCodes.failed;
      else if (!(error instanceof FigureDataError)) throw error;
      progress.note(`note: no ${figure.kind} figure. ${error.message}`);
    }
  }
  return files;
}

function summaryText(summary: RunSummary): string {
  const { startMs, simulatedMs, wallSeconds, speed, spikes, rateEHz, rateIHz } = summary;
  const { cells, livingCells, directory, bytes, excursions, threads = [] } = summary;
  const wall = durationWords(1000 * wallSeconds);
  const alive = livingCells < cells ? `, ${countText(livingCells)} alive at the end` : "";
  return [
    `${secondsText(simulatedMs - startMs)} simulated in ${wall}, ${shortNumber(speed)} × real time`,
    `  spikes    ${countText(spikes)}; E ${shortNumber(rateEHz)} Hz, I ${shortNumber(rateIHz)} Hz`,
    `  cells     ${countText(cells)}${alive}`,
    ...excursionTexts(excursions, cells).map(
      (text, k) => `  ${k === 0 ? "range   " : "        "}  ${text}`,
    ),
    ...threadUseTexts(threads, simulatedMs - startMs).map((text) => `  threads   ${text}`),
    `  recorded  ${directory} (${bytesText(bytes)})`,
    "",
  ].join("\n");
}

/** The figures that were drawn, and what can be done next. */
function closingText(directory: string, files: readonly string[]): string {
  const [first, ...rest] = files;
  const drawn =
    first === undefined
      ? []
      : [`  figures   ${first}`, ...rest.map((file) => `            ${file}`)];
  const next =
    first === undefined
      ? ["plot", directory, "raster", "activity", "scale"]
      : ["export", directory, "--format", "csv"];
  return [...drawn, `Next: ${shellLine(["isocortex", ...next])}`, ""].join("\n");
}

const resumeCommand = (directory: string, threads: ThreadCount = "auto"): string =>
  shellLine([
    "isocortex",
    "resume",
    directory,
    ...(threads === "auto" ? [] : ["--threads", String(threads)]),
  ]);

function interruptionText(summary: RunSummary, resumption: string): string {
  const { directory, simulatedMs, durationMs } = summary;
  const reached = `${secondsText(simulatedMs)} of ${secondsText(durationMs)}`;
  return `Interrupted after ${reached}, saved in ${directory}\nContinue: ${resumption}`;
}

/** Adds to what stopped a recording how to go on once that is mended. */
function withContinuation(error: unknown, directory: string, resumption: string): unknown {
  if (!(error instanceof StorageError) || !holdsRun(directory)) return error;
  error.message += `\nWhen this is corrected, continue: ${resumption}`;
  return error;
}
