import { exitCodes } from "./failure.ts";

/** Exit code of the first failure of a process, whatever fails after it. */
export type FailureCode = (error: unknown) => Promise<number>;

/**
 * Printer of the reason of the first failure, by code that is only loaded then: when standard output
 * fails, the command that writes there does, too.
 */
export function firstFailure(): FailureCode {
  let code: Promise<number> | undefined;
  return (error) => {
    code ??= import("./failure-report.ts").then(({ reportFailure }) => reportFailure(error));
    return code;
  };
}

/** Ends the process when standard output fails, as its reader is gone or its disk is full. */
export function heedOutput(failureCode: FailureCode): void {
  // A reader that has seen enough, as in `isocortex list | head`, is no error.
  process.stdout.on("error", async (error: NodeJS.ErrnoException) => {
    process.exit(error.code === "EPIPE" ? exitCodes.done : await failureCode(error));
  });
  // Nor must a run end because nobody reads how it is going.
  process.stderr.on("error", () => {});
}
