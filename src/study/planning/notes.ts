import { runNotes } from "../../experiment/run-notes.ts";
import { type Plan, taskCourse } from "./plan.ts";

/** Notes on a plan's runs before they start; see `runNotes`. */
export const planNotes = ({ header, tasks }: Plan): string[] =>
  runNotes(tasks.map((task) => taskCourse(header, task)));
