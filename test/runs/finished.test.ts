import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { resolveParameters } from "../../src/model/derived-defaults.ts";
import type { ParameterOverrides } from "../../src/model/parameters.ts";
import { finishBranch, finishRun } from "../../src/runs/finished.ts";
import { openRun } from "../../src/runs/opening.ts";
import { everythingIn } from "../cli/command.ts";
import { expectContinuation, expectSameRecord, sharedFolder } from "../cli/eventful-run.ts";
import { everything } from "../simulation/tiny-run.ts";

const home = sharedFolder();

const request = (directory: string, changes: ParameterOverrides = {}) => ({
  directory: join(home, directory),
  overwrite: false,
  preset: null,
  label: "run",
  parameters: resolveParameters({ ...everything, ...changes }),
});

const branchRequest = (directory: string, parent: string, timeMs: number) => ({
  parent: join(home, parent),
  timeMs,
  changes: { plasticIncrementEE: 0.2 },
  directory: join(home, directory),
  overwrite: false,
  label: "run",
});

const observer = { onReport: () => {}, signal: new AbortController().signal };

const manifestOf = (directory: string) => openRun(join(home, directory)).manifest;

beforeAll(async () => {
  await finishRun(request("whole"), observer);
  await finishRun(request("faster", { plasticIncrementEE: 0.2 }), observer);
});

describe("a run that is to be finished", () => {
  it("is begun, and then left as it is", async () => {
    const before = manifestOf("whole").updatedAt;
    const summary = await finishRun(request("whole"), observer);
    expect(summary).toMatchObject({ status: "complete", simulatedMs: 1000 });
    expect(manifestOf("whole").updatedAt).toBe(before);
  });

  it("can be carried to a simulated time only, and later on to its end", async () => {
    for (const untilMs of [130, 137.5, 700]) {
      const summary = await finishRun({ ...request("parts"), untilMs }, observer);
      expect(summary).toMatchObject({ status: "interrupted", simulatedMs: untilMs });
    }
    // It has come farther than that.
    const summary = await finishRun({ ...request("parts"), untilMs: 300 }, observer);
    expect(summary.simulatedMs).toBe(700);
    await finishRun(request("parts"), observer);
    expectSameRecord(home, "parts", "whole");
  });

  it("is left as it is when another process has finished it while this one prepared to", async () => {
    await finishRun({ ...request("contested"), untilMs: 300 }, observer);
    const [contested, finished] = ["contested", "finished"].map((name) => join(home, name));
    cpSync(contested!, finished!, { recursive: true });
    await finishRun(request("finished"), observer);
    // It has looked at the run, and built its network, when it waits for the first time.
    const late = finishRun(request("contested"), observer);
    cpSync(finished!, contested!, { recursive: true });
    expect(await late).toMatchObject({ status: "complete", simulatedMs: 1000 });
    for (const name of ["manifest.json", "log.txt"]) {
      const [ours, theirs] = [contested!, finished!].map((one) => readFileSync(join(one, name)));
      expect(ours).toEqual(theirs);
    }
  });

  it("is not taken for another one", async () => {
    const before = everythingIn(home);
    await expect(finishRun(request("whole", { externalGain: 14 }), observer)).rejects.toThrow(
      /contains a run with different externalGain\. Delete it/,
    );
    expect(everythingIn(home)).toEqual(before);
    const replaced = { ...request("replaced", { externalGain: 14 }), overwrite: true };
    await finishRun(request("replaced"), observer);
    await finishRun(replaced, observer);
    expect(manifestOf("replaced").parameters["externalGain"]!.value).toBe(14);
  });
});

describe("a branch that is to be finished", () => {
  it("leaves a run where that was stopped, and is the run with its own parameters", async () => {
    await finishRun({ ...request("baseline"), untilMs: 200 }, observer);
    const stopped = { ...branchRequest("branch", "baseline", 200), untilMs: 500 };
    expect(await finishBranch(stopped, observer)).toMatchObject({ simulatedMs: 500 });
    const branch = branchRequest("branch", "baseline", 200);
    expect(await finishBranch(branch, observer)).toMatchObject({ status: "complete" });
    expectContinuation(home, "branch", "faster", 200);
    const before = manifestOf("branch").updatedAt;
    await finishBranch(branch, observer);
    expect(manifestOf("branch").updatedAt).toBe(before);
  });

  it("is not taken for a branch of another run, or at another time", async () => {
    await finishBranch(branchRequest("own", "whole", 150), observer);
    await finishRun({ ...request("with gains"), gainTimesMs: [100] }, observer);
    for (const [parent, timeMs] of [
      ["whole", 160],
      ["with gains", 150],
    ] as const) {
      await expect(finishBranch(branchRequest("own", parent, timeMs), observer)).rejects.toThrow(
        /own contains a run that is not a branch of .* at 0\.1[56] s/,
      );
    }
  });

  it("is a branch of its parent's equal, whenever that was recorded", async () => {
    await finishBranch(branchRequest("kept", "whole", 150), observer);
    const before = everythingIn(join(home, "kept"));
    await finishRun(request("again"), observer);
    await finishBranch(branchRequest("kept", "again", 150), observer);
    expect(everythingIn(join(home, "kept"))).toEqual(before);
  });
});
