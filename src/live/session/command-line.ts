import { Document, isMap, visit } from "yaml";
import { experimentContents } from "../../experiment/text.ts";
import type { EntrySource, Experiment } from "../../index.ts";

/** The file's contents as far as a command repeats them. */
interface Contents {
  readonly duration: string;
  readonly parameters?: Readonly<Record<string, string | number | boolean>>;
  readonly timeline?: readonly EntrySource[];
  readonly record?: { readonly samples?: { readonly from?: string; readonly every?: string } };
}

const wordKeys = ["id", "at", "from", "until", "every", "for"];

/** The line that simulates an experiment from its beginning, in a shell. */
export function commandLine(experiment: Experiment): string {
  const { parameters = {}, timeline = [] } = experimentContents(experiment) as unknown as Contents;
  const { samplingStartMs, samplingIntervalMs } = experiment.parameters;
  const { baselineDurationS, learningDurationS, recallDurationS } = experiment.parameters;
  const settings = {
    ...parameters,
    ...{ baselineDurationS, learningDurationS, recallDurationS },
    ...{ samplingStartMs, samplingIntervalMs },
  };
  const words = [
    ...Object.entries(settings).map(([name, value]) => `--set ${name}=${value}`),
    ...addOptions(timeline),
  ];
  return ["isocortex run baseline", ...words].join(" \\\n  ");
}

/** Options that add entries to an experiment. */
export const addOptions = (entries: readonly EntrySource[]): string[] =>
  entries.map((entry) => `--add ${quoted(entryLine(entry))}`);

/** An entry as --add reads it: when and what in words. */
function entryLine(entry: EntrySource): string {
  if (entry["remove"]) return `remove ${entry["id"]}`;
  const keys = Object.keys(entry);
  const [what] = keys.filter((key) => !wordKeys.includes(key));
  if (what === undefined || what === "when" || what === "once") return flow(entry);
  const when = wordKeys.flatMap((key) => (key in entry ? [`${key} ${flow(entry[key])}`] : []));
  return `${when.join(" ")}: ${what} ${flow(entry[what])}`;
}

function flow(value: unknown): string {
  const document = new Document(value);
  visit(document, {
    Collection(_, node) {
      node.flow = true;
    },
  });
  if (!isMap(document.contents)) return document.toString({ lineWidth: 0 }).trim();
  return document.toString({ lineWidth: 0, flowCollectionPadding: true }).trim();
}

/** A word as the shell reads it. */
export const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
