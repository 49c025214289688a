import type { z } from "zod";

/** What is wrong at a place of a document. */
export interface PlaceProblem {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** What is wrong at a place: each unknown key by itself, what was expected elsewhere. */
export function schemaProblems(error: z.ZodError): readonly PlaceProblem[] {
  return error.issues.flatMap((issue) => {
    if (issue.code !== "unrecognized_keys") {
      return [{ path: issue.path, message: sentence(issue.message) }];
    }
    return issue.keys.map((key) => ({ path: [...issue.path, key], message: "unknown key." }));
  });
}

const sentence = (text: string) => (text.endsWith(".") ? text : `${text}.`);
