import { curveNames, type RunCurves } from "../../src/measures/curves.ts";
import { RunWriter } from "../../src/recording/run-writer.ts";
import { FolderStore } from "../../src/store/run-folder.ts";
import { writeRunCurves } from "../../src/study/curve-file.ts";
import type { Study } from "../../src/study/folder.ts";
import type { PlanTask } from "../../src/study/planning/plan.ts";
import { type Completion, writeCompletion } from "../../src/study/task-records.ts";
import { description, progressAt, smallNetwork } from "../recording/small-run.ts";

const curve = { timesMs: Float64Array.of(0), values: Float64Array.of(1) };
const flatCurves = Object.fromEntries(curveNames.map((name) => [name, curve])) as RunCurves;

/** Records a silent run for a task of a study, and completes the task with made-up results. */
export function completeTask(
  study: Study,
  task: PlanTask,
  results: Pick<Completion, "measures" | "wallSeconds" | "bytes">,
  curves = flatCurves,
): Completion {
  const directory = study.runDirectory(task);
  const store = new FolderStore(directory);
  const writer = RunWriter.create(store, description, smallNetwork);
  writer.finish("complete", progressAt(description.durationMs));
  store.close();
  const completion = {
    hash: task.hash,
    identity: writer.manifest.identity,
    finishedAt: "2026-01-02T03:04:05.000Z",
    files: task.kind === "run" ? writeRunCurves(directory, curves) : {},
    ...results,
  };
  writeCompletion(study, task, completion);
  return completion;
}
