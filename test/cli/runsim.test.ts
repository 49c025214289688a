import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { expect, it } from "vitest";
import { claimFolder, timeStamp } from "../../src/cli/runsim.ts";
import { RunReader } from "../../src/recording/run-reader.ts";
import { FolderStore } from "../../src/store/run-folder.ts";
import { inThisProcess, isocortex, temporaryFolder } from "./command.ts";

const short =
  "PreDur=2 LearnDur=0 PostDur=0 segmentlength=1e3 recording_start=500 recording_interval=500";

it("takes the original's overrides and draws its default plots", async () => {
  const cwd = temporaryFolder();
  const { code, stdout, stderr } = await isocortex(["runsim", "data/mine", `{${short}}`], { cwd });
  expect({ code, stderr }).toEqual({
    code: 0,
    stderr: expect.stringMatching(/^note: Scaling has no effect: it begins at 800 s, and .*\n$/),
  });
  const { manifest } = new RunReader(new FolderStore(join(cwd, "data/mine")));
  expect(manifest).toMatchObject({ preset: null, label: "mine", status: "complete" });
  expect(manifest.parameters["protocol"]!.value).toBe("deletion");
  expect(manifest.parameters["deletionIntervalMs"]!.value).toBe(1000);
  for (const name of ["activity-excitatory.svg", "scale-excitatory.svg", "raster.svg"]) {
    expect(stdout).toContain(`data/mine/figures/${name}\n`);
  }
});

it("names the folder after the time, and draws nothing on request", async () => {
  const cwd = temporaryFolder();
  const args = ["runsim", `{${short}}`, "{stdpsim=1}", "--no-plots"];
  const { code } = await isocortex(args, { cwd });
  expect(code).toBe(0);
  const [folder, ...others] = readdirSync(join(cwd, "data"));
  expect(others).toEqual([]);
  expect(folder).toMatch(/^\d{4}-\d\d-\d\d_\d\d-\d\d-\d\d$/);
  expect(existsSync(join(cwd, "data", folder!, "figures"))).toBe(false);
  const { manifest } = new RunReader(new FolderStore(join(cwd, "data", folder!)));
  expect(manifest.parameters["protocol"]!.value).toBe("training");
});

it("writes times as the original does", () => {
  expect(timeStamp(new Date(2013, 3, 1, 9, 5, 7))).toBe("2013-04-01_09-05-07");
});

it("takes the groups of the original's batch scripts, of which the bare one wins", async () => {
  const cwd = temporaryFolder();
  const groups = ["stdpsim=1", "scaling=0", "plastEEinc=0.5", ...short.split(" ")];
  const args = [
    "runsim",
    "d=1",
    "plastEEinc=0.0001",
    ...groups.flatMap((one) => ["-c", `{${one}}`]),
  ];
  const { code, stderr } = await isocortex([...args, "--no-plots"], { cwd });
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  const { parameters } = new RunReader(new FolderStore(join(cwd, "d=1"))).manifest;
  expect(parameters["plasticIncrementEE"]!.value).toBe(0.0001);
  expect(parameters["protocol"]!.value).toBe("training");
});

it("says what of a command comes to nothing, and what has no counterpart", async () => {
  const cwd = temporaryFolder();
  const text = `{strdef simfilename simfilename="stdp_scaling.hoc" mg_INTF6=2 ${short}}`;
  const { code, stderr } = await isocortex(["runsim", "d", text, "--no-plots"], { cwd });
  expect(code).toBe(0);
  expect(stderr.trimEnd().split("\n")).toEqual([
    "note: strdef simfilename is ignored: it does not set a parameter.",
    'note: simfilename="stdp_scaling.hoc" is ignored: it does not set a parameter.',
    expect.stringMatching(/^note: mg_INTF6 has no effect in the original/),
    expect.stringMatching(/^note: Scaling has no effect/),
  ]);
});

it("records into a directory that holds a scheduler's logs, and into no other that is not empty", async () => {
  const cwd = temporaryFolder();
  mkdirSync(join(cwd, "logged"));
  const logs = [
    "alzcluster.o123",
    "alzcluster.pe123.4",
    "slurm-77_3.out",
    "sim-9.err",
    "nohup.out",
  ];
  for (const name of logs) writeFileSync(join(cwd, "logged", name), "log");
  const args = (directory: string) => ["runsim", directory, `{stdpsim=1 ${short}}`, "--no-plots"];
  expect((await isocortex(args("logged"), { cwd })).code).toBe(0);
  for (const name of logs) expect(readFileSync(join(cwd, "logged", name), "utf8")).toBe("log");
  mkdirSync(join(cwd, "mine"));
  writeFileSync(join(cwd, "mine/notes.o"), "mine");
  const { code, stderr } = await inThisProcess(args("mine"), { cwd });
  expect({ code, stderr }).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("is not changed"),
  });
});

it.each([
  [["verbose=1"], /Unknown parameter "verbose"\. isocortex list parameters shows all\./],
  [["d", "verbose=1"], /Unknown parameter "verbose"\. isocortex/],
  [["d", "-c", "{stdpsim=1"], /"\{stdpsim=1": \{ is not closed by \}\./],
  [["plastEEinx=1"], /Did you mean plastEEinc \(plasticIncrementEE\)\?/],
])("refuses %j, and writes nothing", async (args, message) => {
  const cwd = temporaryFolder();
  const { code, stderr } = await inThisProcess(["runsim", ...args], { cwd });
  expect(code).toBe(2);
  expect(stderr).toMatch(message);
  expect(readdirSync(cwd)).toEqual([]);
});

it("gives each of several runs of one second a folder of its own", () => {
  const parent = join(temporaryFolder(), "data");
  const time = new Date(2013, 3, 1, 9, 5, 7);
  const names = [1, 2, 3].map(() => basename(claimFolder(parent, time)));
  expect(names).toEqual(["", "-2", "-3"].map((end) => `2013-04-01_09-05-07${end}`));
});

const short2014 = "basetime=1e3 DeletionDur=2e3 PreDur=3 deletionstart=2e3 prosthesisstart=1e3";

it("takes the overrides of the 2014 model, and a recorded signal", async () => {
  const cwd = temporaryFolder();
  const signal = Array.from({ length: 2000 }, (_, k) => (k % 40) / 1000).join("\n");
  writeFileSync(join(cwd, "signal.txt"), signal);
  const overrides = `{${short2014} useinfosignal=1 infotriallength=200 stimseed=3}`;
  const args = ["runsim", "--model", "2014", "run", overrides, "--no-plots"];
  const { code, stderr } = await isocortex([...args, "--signal", "signal.txt"], { cwd });
  expect(code).toBe(0);
  expect(stderr).toContain("kick-start of cell death fails, as in the original");
  expect(stderr).not.toContain("synthetic");
  const run = new RunReader(new FolderStore(join(cwd, "run")));
  expect(run.manifest.parameters["model"]!.value).toBe("2014");
  expect(run.manifest.parameters["protocol"]).toBeUndefined();
  expect(run.manifest.entries?.[0]).toMatchObject({ id: "electrostimulation" });
  const deaths = [...run.events()].filter(({ kind }) => kind === "deletion");
  expect(deaths[0]).toMatchObject({ timeMs: 2000, livingCount: 455 });
});

it.each([
  [["{stdpsim=1}"], /protocol \(stdpsim\) is a parameter of the 2013 model/],
  [
    [`{${short2014}}`, "--signal", "none.txt"],
    /--signal requires --model 2014 and useinfosignal=1/,
  ],
  [
    ["{prosfreq=1e5}"],
    /trialDurationMs · stimulationRateHz \(infotriallength, prosfreq\) = 1.6e9: expected less than 10000000/,
  ],
  [[`{${short2014} useinfosignal=1}`, "--signal", "none.txt"], /There is no file none\.txt/],
])("refuses for the 2014 model: %j", async (given, message) => {
  const cwd = temporaryFolder();
  const { code, stderr } = await inThisProcess(["runsim", "--model", "2014", "run", ...given], {
    cwd,
  });
  expect(code).toBe(2);
  expect(stderr).toMatch(message);
  expect(readdirSync(cwd)).toEqual([]);
});
