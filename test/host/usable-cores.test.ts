import { availableParallelism } from "node:os";
import { expect, it } from "vitest";
import { processorQuota, usableCores } from "../../src/host/usable-cores.ts";

const quotaOf = (files: Readonly<Record<string, string>>) => processorQuota((path) => files[path]);

it("the quota of a control group is that of itself and all that contain it", () => {
  const files = {
    "/proc/self/cgroup": "0::/user.slice/job\n",
    "/sys/fs/cgroup/user.slice/cpu.max": "max 100000\n",
    "/sys/fs/cgroup/user.slice/job/cpu.max": "150000 100000\n",
  };
  expect(quotaOf(files)).toBe(1.5);
  expect(quotaOf({ ...files, "/sys/fs/cgroup/user.slice/cpu.max": "50000 100000\n" })).toBe(0.5);
  expect(quotaOf({ ...files, "/sys/fs/cgroup/cpu.max": "40000 200000\n" })).toBe(0.2);
});

it("the quota is found where each resource has a hierarchy", () => {
  const files = {
    "/proc/self/cgroup": "9:name=systemd:/\n4:memory:/big\n2:cpuacct,cpu:/docker/7f\n0::/\n",
    "/sys/fs/cgroup/cpu/docker/7f/cpu.cfs_quota_us": "100000\n",
    "/sys/fs/cgroup/cpu/docker/7f/cpu.cfs_period_us": "50000\n",
  };
  expect(quotaOf(files)).toBe(2);
  expect(quotaOf({ ...files, "/sys/fs/cgroup/cpu/docker/7f/cpu.cfs_quota_us": "-1\n" })).toBe(
    Infinity,
  );
  // In a container, its group is mounted as the root.
  const { "/proc/self/cgroup": groups } = files;
  const mounted = "/sys/fs/cgroup/cpu,cpuacct";
  expect(
    quotaOf({
      "/proc/self/cgroup": groups,
      [`${mounted}/cpu.cfs_quota_us`]: "25000\n",
      [`${mounted}/cpu.cfs_period_us`]: "100000\n",
    }),
  ).toBe(0.25);
});

it("there is no quota where the system reports none", () => {
  expect(quotaOf({})).toBe(Infinity);
  expect(quotaOf({ "/proc/self/cgroup": "0::/\n" })).toBe(Infinity);
});

it("a process may use at least one core, and no more than its affinity allows", () => {
  expect(usableCores()).toBeGreaterThanOrEqual(1);
  expect(usableCores()).toBeLessThanOrEqual(availableParallelism());
});
