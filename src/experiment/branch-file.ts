import { YamlDocument } from "../document/yaml.ts";
import { InvalidParametersError } from "../model/parameter-error.ts";
import type { ParameterOverrides } from "../model/parameters.ts";
import type { EntrySource } from "../timeline/entry.ts";
import { branchParameters } from "./branch.ts";
import { ContentsReader } from "./contents-reader.ts";
import { type Course, type Experiment, laidEntries, readTimeline } from "./definition.ts";
import { phasesLasting } from "./phases.ts";
import { readRecord, samplingOverrides } from "./record-keys.ts";
import { experimentSchema } from "./schema.ts";

/** State of the parent at the start of a branch. */
export interface BranchPoint {
  readonly parent: Course;
  readonly timeMs: number;
}

/** Changes of a branch relative to its parent, and its recordings. */
export interface BranchChanges extends Pick<Experiment, "gainTimesMs" | "potentials"> {
  readonly changes: ParameterOverrides;
  readonly added: readonly EntrySource[];
}

const branchSchema = experimentSchema.pick({
  description: true,
  parameters: true,
  duration: true,
  timeline: true,
  record: true,
});

/**
 * Reads from a file what a branch does otherwise than its parent, parameters, the length of the
 * whole run, and entries of the timeline, and what is recorded of it.
 *
 * @param file what messages call the file
 * @throws {DocumentError} with all that is wrong, each with its line and key
 */
export function readBranch(
  text: string,
  file: string,
  { parent, timeMs }: BranchPoint,
): BranchChanges {
  const reader = new ContentsReader(new YamlDocument(text, file), branchSchema, "duration: 200 s");
  const { parameters: given, duration, timeline = [], record = {} } = reader.contents;
  const changes = {
    ...reader.readParameters(given),
    ...samplingOverrides(record),
    ...(duration && phasesLasting(parent.parameters, duration)),
  };
  let added = timeline as readonly EntrySource[];
  let recorded = {};
  try {
    const parameters = branchParameters(parent.parameters, changes, timeMs);
    added = readTimeline({ parameters, entries: added }).sealed;
    const { entries, problems } = laidEntries(parameters, parent.entries, added, timeMs);
    for (const { path, message } of problems) {
      const [index, ...keys] = path;
      const place = added.indexOf(entries[Number(index)]!);
      reader.complain([{ path: place < 0 ? [] : [place, ...keys], message }], "timeline");
    }
    const { problems: wrong, ...found } = readRecord(record, parameters, timeMs);
    reader.complain(wrong, "record");
    recorded = found;
  } catch (error) {
    if (!(error instanceof InvalidParametersError)) throw error;
    reader.complainOfParameters(error, given);
  }
  reader.throwIfAny();
  return { changes, added, ...recorded };
}
