import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import type { BenchmarkReport } from "./measurement.ts";

/** A benchmark that ran in a process of its own ended without a result. */
class BenchmarkProcessError extends Error {
  override readonly name = "BenchmarkProcessError";

  constructor(benchmark: string, outcome: number | NodeJS.Signals) {
    super(`The benchmark ${benchmark} ended without a result (${outcome}); see above for why.`);
  }
}

/**
 * Has a command run one benchmark in a process of its own and reads its result.
 *
 * @param args of this program, which must print `{ "benchmarks": [report] }`
 * @throws {DOMException} "AbortError", when the signal comes
 * @throws {BenchmarkProcessError} when the process fails
 */
export async function runInProcess(
  benchmark: string,
  args: readonly string[],
  signal: AbortSignal,
): Promise<BenchmarkReport> {
  signal.throwIfAborted();
  const child = spawn(process.execPath, [...process.execArgv, process.argv[1]!, ...args], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const stop = () => child.kill();
  signal.addEventListener("abort", stop);
  const [output, [code, ended]] = await Promise.all([text(child.stdout), once(child, "close")]);
  signal.removeEventListener("abort", stop);
  signal.throwIfAborted();
  if (code !== 0) throw new BenchmarkProcessError(benchmark, code ?? ended);
  const { benchmarks } = JSON.parse(output) as { readonly benchmarks: [BenchmarkReport] };
  return benchmarks[0];
}
