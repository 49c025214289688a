import type { Course } from "../../experiment/definition.ts";
import { runNotes } from "../../experiment/run-notes.ts";
import { seedOverrides } from "../../model/seeds.ts";
import { type Plan, taskCourse } from "./plan.ts";
import { splitSettings } from "./variation.ts";

/** Notes on a plan's runs before they start; see `runNotes`. */
export function planNotes({ header, tasks }: Plan): string[] {
  const known = new Map<string, Course>();
  const courses = tasks.map(({ seed, settings }) => {
    const text = JSON.stringify(settings);
    const course = known.get(text) ?? taskCourse(header, { seed: 0, settings });
    known.set(text, course);
    const own = splitSettings({ ...header.fixed, ...settings }).parameters;
    const seeds = seedOverrides(seed, course.parameters);
    return { ...course, parameters: { ...course.parameters, ...seeds, ...own } };
  });
  return runNotes(courses);
}
