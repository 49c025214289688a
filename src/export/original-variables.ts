import { firstOf, type RecordedEntry } from "../recording/course.ts";
import { excursionTexts } from "../recording/excursions.ts";
import type { RunExcerpt } from "./excerpt.ts";
import { cFixed, cScientific } from "./printf.ts";

/** Format of each variable in the original's `vars`, in its order. */
const trainingVariables = [
  ["buffertime", "bufferIntervalMs", "d"],
  ["numcells", "", "d"],
  ["scaling", "scaling", "d"],
  ["scalingstart", "scalingStartMs", "d"],
  ["recording_interval", "samplingIntervalMs", "d"],
  ["t_start", "samplingStartMs", "d"],
  ["activitytau", "sensorTimeConstantMs", "e"],
  ["activitybeta", "scalingBeta", "e"],
  ["activitygamma", "scalingGamma", "e"],
] as const;

const deletionVariables = [
  ...trainingVariables.slice(0, 4),
  ["scaleexternal", "reduceExternalInput", "d"],
  ["scaleexternalrate", "externalReduction", "f"],
  ["randomdelete", "deletionSelection", "d"],
  ["deletionstep", "deletionStepCells", "d"],
  ["segmentlength", "deletionIntervalMs", "d"],
  ["infotriallength", "trialDurationMs", "d"],
  ...trainingVariables.slice(4),
] as const;

/** The variables (`vars`) that the plot program runs as Python. */
export function variablesText(run: RunExcerpt): string {
  const { parameters, network, timeline } = run.manifest;
  const isDeletion = timeline
    ? timeline.some(({ what }) => what === "delete" || what === "trials")
    : parameters["protocol"]?.value === "deletion";
  // What is not our parameter: of a branch or a stretch, samples begin later than those of a run.
  const own: Partial<Record<string, number>> = {
    numcells: network.cellCount,
    t_start: run.sampleTimesMs[0],
    ...(timeline && { ...scalingVariables(run), ...lossVariables(run, timeline) }),
  };
  const lines = (isDeletion ? deletionVariables : trainingVariables).flatMap(
    ([name, ours, format]) => {
      // Of the other model, there is no such variable.
      const value = own[name] ?? parameters[ours]?.value;
      return value === undefined ? [] : [`${name}=${printed(numberOf(value), format)}\n`];
    },
  );
  const interval = printed(numberOf(parameters["samplingIntervalMs"]!.value), "d");
  return (
    `# ************* Runtime params *************\n${lines.join("")}\n` +
    `${rangeComments(run)}# Cell ID, cell type, activity sensor, target activity, scaling factor, is-dead\n` +
    `# Recorded every ${interval} ms\n`
  );
}

/** True if scaling was ever on, and since when, if that is not as the parameters say. */
function scalingVariables(run: RunExcerpt): Partial<Record<string, number>> {
  const courses = run.courses();
  const on = courses.filter(({ entry }) => entry.what === "scaling" && entry.action === true);
  const startMs = firstOf(on, ["scaling"]);
  const isOwn = on.some(({ entry }) => entry.origin === "experiment") && startMs < Infinity;
  return { scaling: Number(on.length > 0), ...(isOwn && { scalingstart: startMs }) };
}

/** The loss of cells and the trials of entries that are not as the parameters say; the first of each. */
function lossVariables(
  run: RunExcerpt,
  timeline: readonly RecordedEntry[],
): Partial<Record<string, number>> {
  const [loss, trials] = ["delete", "trials"].map((what) =>
    timeline.find((entry) => entry.what === what),
  );
  const { count, externalReduction, choose } = (loss?.action ?? {}) as Partial<
    Record<string, number | string>
  >;
  const isOwn = loss?.origin === "experiment";
  const first = run.events().find((event) => event.kind === "deletion");
  return {
    ...(!loss && { deletionstep: 0 }),
    ...(isOwn && {
      scaleexternal: Number(Number(externalReduction) > 0),
      scaleexternalrate: Number(externalReduction),
      randomdelete: numberOf(choose!),
      deletionstep: Number(count ?? first?.cells.length ?? 0),
      ...intervalOf("segmentlength", loss),
    }),
    ...(trials?.origin === "experiment" && intervalOf("infotriallength", trials)),
  };
}

const intervalOf = (name: string, { when }: RecordedEntry) =>
  typeof when["everyMs"] === "number" ? { [name]: when["everyMs"] } : {};

/** Comments on what left its range; none of a run that keeps to it. */
const rangeComments = ({ excursions, manifest }: RunExcerpt): string =>
  excursionTexts(excursions, manifest.network.cellCount, Infinity)
    .map((text) => `# ${text}\n`)
    .join("");

/** A switch or choice as the original's number. */
function numberOf(value: number | boolean | string): number {
  if (typeof value === "string") return value === "random" ? 1 : 0;
  return Number(value);
}

function printed(value: number, format: "d" | "e" | "f"): string {
  if (format === "d") return String(Math.trunc(value));
  return format === "e" ? cScientific(value, 6) : cFixed(value, 6);
}
