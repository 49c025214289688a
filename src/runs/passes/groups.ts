import { GroupsCounter } from "../../measures/group-statistics.ts";
import type { GroupsMaker } from "../../measures/spike-statistics.ts";
import { passBeside, threadsBeside } from "./thread.ts";

/**
 * Lets other threads make the statistics of groups of cells while this one makes those of single
 * cells and of the whole run, where there are cores for them and the record is long.
 *
 * @param directory that of the run
 */
export function groupsBeside(directory: string, threadCount = threadsBeside): GroupsMaker {
  return (request, history, range) => {
    const { groups } = request;
    const threads = Math.min(threadCount(history), groups.length);
    if (threads === 0) return new GroupsCounter(request);
    const perThread = Math.ceil(groups.length / threads);
    const results = Array.from({ length: threads }, (_, k) => {
      const own = groups.slice(k * perThread, (k + 1) * perThread);
      return passBeside(directory, history, "groups", { ...request, groups: own, range });
    });
    return { add: () => {}, results: () => results.flatMap((result) => result()) };
  };
}
