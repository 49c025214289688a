import { IntervalError } from "../analysis/firing/interval.ts";
import { CellSelectionError } from "../analysis/state/sampled-variable.ts";
import { InformationError } from "../analysis/transmission/information-layout.ts";
import { ArchivedRunError } from "../archive/archived-run.ts";
import { DocumentError } from "../document/error.ts";
import { FigureDataError } from "../drawing/figure.ts";
import { JobOptionsError } from "../executors/clusters/job-options.ts";
import { StudySizeError } from "../executors/clusters/jobs.ts";
import { InvalidTimelineError } from "../experiment/definition.ts";
import { UnknownPresetError } from "../experiment/presets.ts";
import { TableDataError } from "../export/table-data.ts";
import { InvalidParametersError } from "../model/parameter-error.ts";
import { RunLocationError } from "../recording/errors.ts";
import { RunSizeError } from "../runs/needs.ts";
import { PortInUseError } from "../server/http.ts";
import { MissingPageError } from "../server/page-files.ts";
import { SpectrumError } from "../spectra/slepian-tapers.ts";
import { systemReason } from "../store/errors.ts";
import { OccupiedPathError } from "../store/output-files.ts";
import { SweepPlanError } from "../study/planning/plan.ts";
import { messageText } from "../terminal/message-text.ts";
import { EngineThreadsError } from "../threads/starting.ts";
import { EntryLineError } from "../timeline/entry-line.ts";
import { exitCodes, UsageError } from "./failure.ts";

/** Errors in what the user gave; all others are failures on the way. */
const usageErrors = [
  UsageError,
  EngineThreadsError,
  UnknownPresetError,
  InvalidParametersError,
  RunSizeError,
  InvalidTimelineError,
  EntryLineError,
  RunLocationError,
  ArchivedRunError,
  IntervalError,
  CellSelectionError,
  SpectrumError,
  InformationError,
  FigureDataError,
  TableDataError,
  DocumentError,
  JobOptionsError,
  OccupiedPathError,
  MissingPageError,
  PortInUseError,
  StudySizeError,
  SweepPlanError,
];

/** Tells the user why a command failed; the exit code that says so to a script. */
export function reportFailure(error: unknown): number {
  if ((error as NodeJS.ErrnoException).code === "EPIPE") return exitCodes.done;
  if (error instanceof DOMException && error.name === "AbortError") {
    process.stderr.write("Interrupted before anything was written.\n");
    return exitCodes.interrupted;
  }
  process.stderr.write(`error: ${failureText(error)}\n`);
  if (process.env["ISOCORTEX_DEBUG"] && error instanceof Error) {
    process.stderr.write(`${error.stack}\n`);
  }
  const isUsage = usageErrors.some((kind) => error instanceof kind);
  return isUsage ? exitCodes.badUsage : exitCodes.failed;
}

/** An error's message, or the system's reason. */
function failureText(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { path, syscall } = error as NodeJS.ErrnoException;
  const reason = systemReason(error);
  const what = path ?? (syscall === "write" ? "standard output" : syscall);
  return messageText(reason === undefined ? error.message : `${what}: ${reason}`);
}
