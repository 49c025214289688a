import { GroupsCounter } from "../../measures/group-statistics.ts";
import type { GroupsMaker } from "../../measures/spike-statistics.ts";
import { passBeside, threadsBeside } from "./thread.ts";

/**
 * Lets other threads make the statistics of a group of cells each, the last group's first, where
 * there are cores for them and the record is long; this one makes those of the others.
 *
 * @param directory that of the run
 */
export function groupsBeside(directory: string, threadCount = threadsBeside): GroupsMaker {
  return (requests, history) => {
    const groupCount = requests[0]!.groups.length;
    const ownCount = Math.max(0, groupCount - threadCount(history));
    const ofGroups = (from: number, end: number) =>
      requests.map((request) => ({ ...request, groups: request.groups.slice(from, end) }));
    const beside = Array.from({ length: groupCount - ownCount }, (_, k) =>
      passBeside(directory, history, "groups", ofGroups(ownCount + k, ownCount + k + 1)),
    );
    const own = new GroupsCounter(ofGroups(0, ownCount));
    return {
      add: (stretch, spikes) => own.add(stretch, spikes),
      results: () => {
        const all = [own.results(), ...beside.map((result) => result())];
        return requests.map((_, stretch) => all.flatMap((results) => results[stretch]!));
      },
    };
  };
}
