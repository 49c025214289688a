import type { Course } from "../../experiment/definition.ts";
import { runNotes } from "../../experiment/run-notes.ts";
import { type Plan, taskCourse } from "./plan.ts";

/** Notes on a plan's runs before they start; see `runNotes`. */
export const planNotes = (plan: Plan): string[] => runNotes(coursesOf(plan));

function* coursesOf({ header, tasks }: Plan): Generator<Course> {
  for (const task of tasks) yield taskCourse(header, task);
}
