import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";

/** Scope of this process. */
export interface ProcessScope {
  readonly host: string;
  /** Within one scope, a process id is that of one process. */
  readonly scope: string;
}

/** The computer and, on Linux, its boot and container: elsewhere a pid is another process's. */
export function processScope(): ProcessScope {
  const host = hostname();
  try {
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
    return { host, scope: `${boot} ${readlinkSync("/proc/self/ns/pid")}` };
  } catch {
    return { host, scope: host };
  }
}

/** True if a process of this scope runs. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // One that belongs to somebody else is alive, too.
    if ((error as NodeJS.ErrnoException).code !== "EPERM") return false;
  }
  return !isZombie(pid);
}

/** True if a process has ended and only its parent has not taken note yet; known on Linux only. */
function isZombie(pid: number): boolean {
  try {
    // The state follows the program's name, which is in parentheses and may hold some itself.
    return /\) [ZX] [^)]*$/.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}
