/** Something that is wrong in a file. */
export interface DocumentProblem {
  /** Counted from 1. */
  readonly line: number;
  /** Position in the file's structure, such as "vary.scalingBeta[2]"; empty for all of it. */
  readonly key: string;
  readonly message: string;
}

/**
 * All problems of an experiment, branch or sweep file; the message has a line for each.
 *
 * @example
 * ```ts
 * import { DocumentError, readExperiment } from "isocortex";
 *
 * try {
 *   readExperiment("duration: 5", "mine.yaml");
 * } catch (error) {
 *   if (!(error instanceof DocumentError)) throw error;
 *   for (const { line, key, message } of error.problems) console.log(line, key, message);
 * }
 * ```
 */
export class DocumentError extends Error {
  override readonly name = "DocumentError";
  readonly file: string;
  /** The problems, each with its line, counted from 1, and its key, such as "vary.scalingBeta[2]". */
  readonly problems: readonly {
    readonly line: number;
    readonly key: string;
    readonly message: string;
  }[];

  /** @internal */
  constructor(file: string, problems: readonly DocumentProblem[]) {
    const lines = problems.map(({ line, key, message }) =>
      [`${file}:${line}`, key, message].filter((part) => part !== "").join(": "),
    );
    super(lines.join("\n"));
    this.file = file;
    this.problems = problems;
  }
}
