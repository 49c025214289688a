import { firstOf, type RecordedEntry } from "../recording/course.ts";
import { excursionTexts } from "../recording/excursions.ts";
import type { Manifest } from "../recording/manifest.ts";
import type { RunExcerpt } from "./excerpt.ts";
import { cFixed, cScientific } from "./printf.ts";

type Format = "d" | "e" | "f";

/** A variable of the original's `vars` and its format. */
type Variable = readonly [name: string, format: Format];

const variables = (format: Format, names: string): Variable[] =>
  names.split(" ").map((name) => [name, format]);

const sampling = variables("d", "recording_interval t_start");
const controller = variables("e", "activitytau activitybeta activitygamma");
const general = variables("d", "buffertime numcells scaling scalingstart");

/** Variables in the original's order, in paragraphs. */
const trainingVariables = [[...general, ...sampling, ...controller]];

const deletionVariables = [
  [
    ...general,
    ...variables("d", "scaleexternal"),
    ...variables("f", "scaleexternalrate"),
    ...variables("d", "randomdelete deletionstep segmentlength infotriallength"),
    ...sampling,
    ...controller,
  ],
];

const variables2014 = [
  variables("d", "buffertime basetime"),
  variables(
    "d",
    "BaselineDur GetInfoDur DeletionDur scalingstart deletionstart prosthesisstart infotriallength numinfotrials",
  ),
  [
    ...variables("d", "scaling"),
    ...controller,
    ...variables("d", "scaleexternal"),
    ...variables("f", "scaleexternalrate externalwtgain internalwtgain"),
  ],
  [
    ...variables("d", "deleting dynamicdelete"),
    ...variables("f", "delspeed dynamicdelstep"),
    ...variables("d", "randomdelete roulettewheelselection deletionstep"),
  ],
  [...variables("d", "numcells"), ...sampling],
  [
    ...variables("f", "stimseed inputseed pseed dvseed stimpercent"),
    ...variables("d", "stimsy"),
    ...variables("f", "stimfreq stimwt infostimwt prosfreq proswt"),
    ...variables("d", "useprosthesis useinfosignal"),
  ],
];

/** The variables (`vars`) that the plot program runs as Python. */
export function variablesText(run: RunExcerpt): string {
  const { parameters, timeline } = run.manifest;
  const is2014 = parameters["model"]?.value === "2014";
  const isDeletion = timeline
    ? timeline.some(({ what }) => what === "delete" || what === "trials")
    : parameters["protocol"]?.value === "deletion";
  const paragraphs = is2014 ? variables2014 : isDeletion ? deletionVariables : trainingVariables;
  const own = ownVariables(run, is2014);
  const lines = paragraphs.map((paragraph) =>
    paragraph.map(([name, format]) => {
      const value = own[name] ?? originalNumber(name, parameters);
      return `${name}=${printed(value, format)}\n`;
    }),
  );
  const text = lines.map((paragraph) => `${paragraph.join("")}\n`).join("");
  return `# ************* Runtime params *************\n${text}${commentsOf(run, is2014)}`;
}

/** Variables that are not our parameters: of a branch or a stretch, samples begin later than those of a run. */
function ownVariables(run: RunExcerpt, is2014: boolean): Partial<Record<string, number>> {
  const { parameters, network, timeline } = run.manifest;
  return {
    numcells: network.cellCount,
    t_start: run.sampleTimesMs[0] ?? Number(parameters["samplingStartMs"]!.value),
    ...(timeline && scalingVariables(run)),
    ...(timeline && !is2014 && lossVariables(run, timeline)),
  };
}

/** Comments on values outside their range and, in the first model, on the samples. */
function commentsOf(run: RunExcerpt, is2014: boolean): string {
  if (is2014) return rangeComments(run);
  const interval = printed(Number(run.manifest.parameters["samplingIntervalMs"]!.value), "d");
  return (
    `${rangeComments(run)}# Cell ID, cell type, activity sensor, target activity, scaling factor, is-dead\n` +
    `# Recorded every ${interval} ms\n`
  );
}

/** Choices that the original writes as 1; their alternatives are 0. */
const codedOne: ReadonlySet<string> = new Set(["random", "dynamic", "roulette"]);

/** A parameter of an original's name as the original's number. */
function originalNumber(original: string, parameters: Manifest["parameters"]): number {
  const { value } = Object.values(parameters).find((one) => one.original.includes(original))!;
  return typeof value === "string" ? Number(codedOne.has(value)) : Number(value);
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
      randomdelete: Number(codedOne.has(String(choose))),
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

function printed(value: number, format: Format): string {
  if (format === "d") return String(Math.trunc(value));
  return format === "e" ? cScientific(value, 6) : cFixed(value, 6);
}
