import { readManifest } from "../../recording/manifest-file.ts";
import { FolderStore } from "../../store/run-folder.ts";
import type { Study } from "../../study/folder.ts";
import { isComplete } from "../../study/task-records.ts";
import type { StudyProgress } from "./round-record.ts";

/** Progress of a study, by its runs' own records. */
export function studyProgress(study: Study): StudyProgress {
  let complete = 0;
  let simulatedMs = 0;
  for (const task of study.plan.tasks) {
    if (isComplete(study, task)) complete++;
    else simulatedMs += simulatedTimeMs(study.runDirectory(task));
  }
  return { complete, simulatedMs };
}

/** Simulated time of a run at the last writing of its manifest; 0 without one that can be read. */
function simulatedTimeMs(directory: string): number {
  try {
    return readManifest(new FolderStore(directory)).simulatedMs;
  } catch {
    return 0;
  }
}
