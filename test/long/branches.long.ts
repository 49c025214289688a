import { rmSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, it } from "vitest";
import { isocortex } from "../cli/command.ts";
import { expectContinuation, recordEventful, sharedFolder } from "../cli/eventful-run.ts";
import { randomNumbers } from "../recording/small-run.ts";

const wanted = Number(process.env["ISOCORTEX_BRANCHES"] ?? 50);
const cwd = sharedFolder();

beforeAll(async () => {
  await recordEventful(cwd, "parent");
});

it(`branches at ${wanted} random times go on as their parent`, async () => {
  const random = randomNumbers(147141);
  for (let k = 0; k < wanted; k++) {
    const seconds = 20 * random();
    const args = ["branch", `parent@${seconds}`, "--out", "branch", "--quiet"];
    expect(await isocortex(args, { cwd })).toMatchObject({ code: 0, stderr: "" });
    expectContinuation(cwd, "branch", "parent", 1000 * seconds);
    rmSync(join(cwd, "branch"), { recursive: true });
  }
});
