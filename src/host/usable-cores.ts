import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";

/** Text of a file; undefined where there is none. */
type FileText = (path: string) => string | undefined;

const fileText: FileText = (path) => {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
};

/**
 * Cores that this process may use all the time: those of its affinity, and no more than a control
 * group (a container's limit of processors) leaves it; a part of a core serves no further thread.
 */
export const usableCores = (): number =>
  Math.max(1, Math.min(availableParallelism(), Math.floor(processorQuota())));

/** Folders of control groups with one hierarchy (version 2), and with one for each resource. */
const unifiedRoots = ["/sys/fs/cgroup", "/sys/fs/cgroup/unified"];
const processorRoots = ["/sys/fs/cgroup/cpu", "/sys/fs/cgroup/cpu,cpuacct"];

/** Processor time over wall time that control groups leave this process; Infinity without a limit. */
export function processorQuota(textOf: FileText = fileText): number {
  const groups = (textOf("/proc/self/cgroup") ?? "").split("\n").map((line) => line.split(":"));
  return groups.reduce((least, [, controllers = "", path = ""]) => {
    const isUnified = controllers === "";
    if (!isUnified && !controllers.split(",").includes("cpu")) return least;
    const folders = (isUnified ? unifiedRoots : processorRoots).flatMap((root) =>
      pathsTo(path).map((folder) => join(root, folder)),
    );
    const quotas = folders.map(isUnified ? unifiedQuota(textOf) : quotaByResource(textOf));
    return Math.min(least, ...quotas);
  }, Infinity);
}

/** A group and all that contain it: in a container, its own is often the root. */
function pathsTo(path: string): string[] {
  const names = path.split("/").filter((name) => name !== "");
  return [...names.keys(), names.length].map((count) => names.slice(0, count).join("/"));
}

/** cpu.max: "150000 100000", quota and period, µs, or "max 100000". */
const unifiedQuota = (textOf: FileText) => (folder: string) =>
  quotient(...(textOf(join(folder, "cpu.max")) ?? "").split(" "));

const quotaByResource = (textOf: FileText) => (folder: string) =>
  quotient(textOf(join(folder, "cpu.cfs_quota_us")), textOf(join(folder, "cpu.cfs_period_us")));

/** The quota −1 and "max" mean that there is no limit. */
function quotient(quota?: string, period?: string): number {
  const part = Number(quota) / Number(period);
  return part > 0 ? part : Infinity;
}
