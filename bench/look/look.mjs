// Times a look at a long record: node bench/look/look.mjs [SECONDS] [ROUNDS] [OTHER]
//
// A synthetic record of SECONDS of the column (165 000 by default, 148 million spikes, 0.8 GB) is made
// in the folder for temporary files, and kept there. OTHER is the dist/cli/main.js of another
// version, which is timed in turn with this one; its results are compared byte for byte.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { createReadStream, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sources } from "../sources.mjs";

const [seconds, rounds] = [Number(process.argv[2] ?? 165_000), Number(process.argv[3] ?? 1)];
const programs = ["dist/cli/main.js", ...process.argv.slice(4)];

/**
 * Records the column as if it had fired at random for so long, by the project's own writers. Within a
 * power of two of time, blocks of spikes are copies of a hundred, at other times.
 */
async function makeRecord(directory) {
  const { Simulation, resolveParameters, FolderStore, RunWriter, ...own } = await sources([
    ["Simulation", "simulation/advance.ts"],
    ["resolveParameters", "model/derived-defaults.ts"],
    ["FolderStore", "store/run-folder.ts"],
    ["RunWriter", "recording/run-writer.ts"],
    ["BlockFileWriter", "recording/block-file.ts"],
    ["fileKinds, runFiles", "recording/run-files.ts"],
    ["readManifest, writeManifest", "recording/manifest-file.ts"],
    ["encodeSpikes, BLOCK_SPIKES", "encoding/spike-codec.ts"],
    ["encodeSample", "recording/cell-sample.ts"],
  ]);
  let state = 1;
  const random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const parameters = resolveParameters({ protocol: "training", baselineDurationS: seconds });
  const { network } = new Simulation(parameters);
  const durationMs = 1000 * seconds;
  const store = new FolderStore(directory);
  const run = { parameters, durationMs, preset: null, label: "synthetic" };
  const writer = RunWriter.create(
    store,
    {
      ...{ ...run, program: { name: "isocortex", version: "0" } },
      phases: [{ name: "baseline", startMs: 0, endMs: durationMs }],
      createdAt: "2026-01-01T00:00:00.000Z",
    },
    network,
  );
  const gains = new Float64Array(network.synapseCount);
  writer.appendGains(0, gains.fill(1));
  writer.appendGains(durationMs, gains.map(random));
  const end = { simulatedMs: durationMs, wallSeconds: 1, updatedAt: "2026-01-01T00:00:00.000Z" };
  writer.finish("complete", { ...end, cellEvents: 1, depolarizationBlocks: 0 });
  const manifest = own.readManifest(store);
  const fileOf = (name) =>
    own.BlockFileWriter.create(store, own.runFiles[name], {
      kind: own.fileKinds[name],
      identity: manifest.identity,
    });
  const rates = network.populations.flatMap(({ cellClass, cellCount }) =>
    Array.from({ length: cellCount }, () => (cellClass === "E" ? 0.58 : 5) * (0.5 + random())),
  );
  const sum = rates.reduce((all, rate) => all + rate, 0);
  const cellsByChance = rates.flatMap((rate, cell) =>
    new Array(Math.ceil((65_536 * rate) / sum)).fill(cell),
  );
  const intervalMs = () => (-Math.log(1 - random()) * 1000) / sum;
  const spikes = fileOf("spikes");
  const append = (block, firstMs) => {
    const { count, spanMs, payload } = block;
    spikes.append({ kind: "spikes", count, firstMs, lastMs: firstMs + spanMs }, payload);
  };
  let [timeMs, count, power, blocks] = [5.5, 0, 0, []];
  while (timeMs < durationMs) {
    const next = Math.floor(Math.log2(timeMs));
    if (next !== power) [power, blocks] = [next, []];
    const roomMs = Math.min(2 ** (power + 1), durationMs) - timeMs;
    const firstMs = timeMs;
    let block = blocks[Math.floor(blocks.length * random())];
    if (blocks.length < 100 || roomMs < (30_000 * own.BLOCK_SPIKES) / sum) {
      const times = [];
      for (; timeMs < durationMs && times.length < own.BLOCK_SPIKES; timeMs += intervalMs()) {
        times.push(timeMs);
      }
      const cells = times.map(() => cellsByChance[Math.floor(cellsByChance.length * random())]);
      const payload = own.encodeSpikes({
        timesMs: Float64Array.from(times),
        cells: Uint32Array.from(cells),
      });
      block = { count: times.length, spanMs: times.at(-1) - firstMs, payload };
      if (times.at(-1) < 2 ** (power + 1)) blocks.push(block);
    } else {
      timeMs += block.spanMs + intervalMs();
    }
    append(block, firstMs);
    count += block.count;
  }
  const samples = fileOf("samples");
  const column = (scale) => Float64Array.from({ length: rates.length }, () => scale * random());
  const payloads = Array.from({ length: 20 }, () =>
    own.encodeSample({
      sensedRateKhz: column(0.002),
      targetRateKhz: column(0.001),
      scaleFactor: column(2),
      alive: new Uint8Array(rates.length).fill(1),
    }),
  );
  const sampleCount = Math.floor(seconds / 10);
  for (let k = 0; k < sampleCount; k++) {
    const ms = { firstMs: 10_000 * k, lastMs: 10_000 * k };
    samples.append({ kind: "sample", count: rates.length, ...ms }, payloads[k % 20]);
  }
  const counts = { ...manifest.counts, spikes: count, samples: sampleCount };
  own.writeManifest(store, { ...manifest, counts });
  store.close();
}

/** Tells the parent, as the process ends, what it took; runs in the process that is timed. */
function report() {
  process.on("exit", () => {
    const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
    process.stderr.write(`\n${JSON.stringify([userCPUTime + systemCPUTime, maxRSS])}`);
  });
}

/** Wall time and processor time of a command, s, and its peak memory, MB. */
function timed(program, args) {
  const first = `data:text/javascript,${encodeURIComponent(`(${report})()`)}`;
  const from = performance.now();
  const ended = spawnSync("node", ["--import", first, program, ...args], { encoding: "utf8" });
  const wallS = (performance.now() - from) / 1000;
  if (ended.status !== 0) throw new Error(`${args.join(" ")}: ${ended.stderr}`);
  const [processorUs, memoryKb] = JSON.parse(ended.stderr.split("\n").at(-1));
  return { wallS, processorS: processorUs / 1e6, memoryMb: memoryKb / 1000, text: ended.stdout };
}

async function digestOf(file) {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(file)) hash.update(chunk);
  return hash.digest("hex");
}

const record = join(tmpdir(), `isocortex-look-${seconds}`);
if (!existsSync(join(record, "manifest.json"))) await makeRecord(record);
const folder = mkdtempSync(join(tmpdir(), "isocortex-look-results-"));
const looks = [
  { name: "statistics", args: ["statistics", record, "--json"] },
  ...["raster", "activity", "scale", "power", "spectrogram"].map((kind) => ({
    name: `plot ${kind}`,
    args: ["plot", record, kind, "--overwrite", "--out", join(folder, kind)],
    file: join(folder, `${kind}.npz`),
  })),
  {
    name: "export npz",
    args: ["export", record, "--format", "npz", "--overwrite", "--out", join(folder, "all.npz")],
    file: join(folder, "all.npz"),
  },
];
for (const { name, args, file } of looks) {
  const results = new Set();
  for (let round = 0; round < rounds; round++) {
    for (const program of programs) {
      const { wallS, processorS, memoryMb, text } = timed(program, args);
      const [wall, processor] = [wallS, processorS].map((value) => `${value.toFixed(1)} s`);
      const which = programs.length > 1 ? `, ${program}` : "";
      console.log(`${name}: ${wall}, processor ${processor}, ${memoryMb.toFixed(0)} MB${which}`);
      results.add(file ? await digestOf(file) : text);
    }
  }
  if (results.size > 1) console.log(`${name}: results differ`);
}
rmSync(folder, { recursive: true });
