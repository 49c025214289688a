import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it, vi } from "vitest";
import { Lease, RunInUseError } from "../../src/store/lease.ts";

// A file system that gives no file a second name, as FAT does.
vi.mock("node:fs", async (importOriginal) => ({
  ...(await importOriginal<typeof import("node:fs")>()),
  linkSync: () => {
    throw Object.assign(new Error("EPERM: operation not permitted, link"), { code: "EPERM" });
  },
}));

const home = mkdtempSync(join(tmpdir(), "isocortex-lease-"));
afterAll(() => rmSync(home, { recursive: true, force: true }));

it("is one process's where files cannot have two names, too", async () => {
  const lease = await Lease.acquire(home);
  expect(readdirSync(home)).toEqual(["lease-000001.json"]);
  expect(JSON.parse(readFileSync(join(home, "lease-000001.json"), "utf8"))).toMatchObject({
    token: 1,
    pid: process.pid,
  });
  await expect(Lease.acquire(home)).rejects.toThrow(RunInUseError);
  expect(readdirSync(home)).toEqual(["lease-000001.json"]);
  lease.release();
  expect(readdirSync(home)).toEqual([]);
});
