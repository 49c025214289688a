import { YamlDocument } from "../document/yaml.ts";
import { InvalidParametersError } from "../model/parameter-error.ts";
import type { ParameterOverrides } from "../model/parameters.ts";
import type { EntrySource } from "../timeline/entry.ts";
import { branchParameters } from "./branch.ts";
import { ContentsReader } from "./contents-reader.ts";
import { type Course, laidEntries } from "./definition.ts";
import { phasesLasting } from "./phases.ts";
import { experimentSchema } from "./schema.ts";

/** Where a branch leaves what. */
export interface BranchPoint {
  readonly parent: Course;
  readonly timeMs: number;
}

/** What is to be other in a branch than in its parent. */
export interface BranchChanges {
  readonly changes: ParameterOverrides;
  readonly added: readonly EntrySource[];
}

const branchSchema = experimentSchema.pick({
  description: true,
  parameters: true,
  duration: true,
  timeline: true,
});

/**
 * Reads from a file what a branch does otherwise than its parent: parameters, the length of the
 * whole run, and entries of the timeline.
 *
 * @param file what messages call the file
 * @throws {DocumentError} with all that is wrong, each with its line and key
 */
export function readBranch(
  text: string,
  file: string,
  { parent, timeMs }: BranchPoint,
): BranchChanges {
  const reader = new ContentsReader(new YamlDocument(text, file), branchSchema);
  const { parameters: given, duration, timeline = [] } = reader.contents;
  const added = timeline as readonly EntrySource[];
  const own = reader.readParameters(given);
  const changes = { ...own, ...(duration && phasesLasting(parent.parameters, duration)) };
  try {
    const parameters = branchParameters(parent.parameters, changes, timeMs);
    const { entries, problems } = laidEntries(parameters, parent.entries, added, timeMs);
    for (const { path, message } of problems) {
      const [index, ...keys] = path;
      const place = added.indexOf(entries[Number(index)]!);
      reader.complain([{ path: place < 0 ? [] : [place, ...keys], message }], "timeline");
    }
  } catch (error) {
    if (!(error instanceof InvalidParametersError)) throw error;
    reader.complainOfParameters(error, given);
  }
  reader.throwIfAny();
  return { changes, added };
}
