import { arch, cpus, loadavg, platform, totalmem } from "node:os";

/** Computer on which a benchmark was run. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryBytes: number;
  readonly system: string;
  readonly node: string;
  /** Processes that wanted a core in the last minute: above 0 before a benchmark, others work. */
  readonly load: number;
}

export function describeMachine(): Machine {
  return {
    cpu: cpus()[0]?.model ?? "unknown",
    cores: cpus().length,
    memoryBytes: totalmem(),
    system: `${platform()} ${arch()}`,
    node: process.version,
    load: loadavg()[0]!,
  };
}

/** The most memory that this process has held so far, Node.js itself included. */
export const peakMemoryBytes = (): number => 1024 * process.resourceUsage().maxRSS;
