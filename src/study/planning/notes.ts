import { runNotes } from "../../experiment/run-notes.ts";
import { type Plan, taskCourse } from "./plan.ts";

/** What should be known of a plan's runs before they begin; see `runNotes`. */
export const planNotes = ({ header, tasks }: Plan): string[] =>
  runNotes(tasks.map((task) => taskCourse(header, task)));
