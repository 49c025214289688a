import { expect, it } from "vitest";
import { isocortex, temporaryFolder } from "./command.ts";

const brief = ["baselineDurationS=2", "learningDurationS=2", "recallDurationS=1"];
const settings = [...brief, "scalingStartMs=2000", "plasticIncrementEE=0.02"].flatMap(
  (assignment) => ["--set", assignment],
);

it("makes training with scaling a branch of training, equal to the run itself", async () => {
  const cwd = temporaryFolder();
  const succeed = async (...args: string[]) => {
    const { code, stdout, stderr } = await isocortex(args, { cwd });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    return stdout;
  };
  await succeed("run", "training-quick", ...settings, "--out", "training", "--quiet");
  await succeed("run", "training-with-scaling-quick", ...settings, "--out", "direct", "--quiet");
  const changes = ["--set", "scaling=true", "--out", "branch", "--quiet"];
  await succeed("branch", "training@2", ...changes);

  const same = JSON.parse(await succeed("compare", "branch", "direct", "--json"));
  expect(same.identicalSpikes).toBe(true);
  expect(same.a.spikes).toBeGreaterThan(2000);
  const different = JSON.parse(await succeed("compare", "branch", "training", "--json"));
  expect(different.parameters.map(({ name }: { name: string }) => name)).toEqual(["scaling"]);
});
