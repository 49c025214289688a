import { runZip } from "../../archive/run-zip.ts";
import {
  analysis,
  MemoryStore,
  readExperiment,
  runExperiment,
  Simulation,
  verify,
} from "../../index.ts";
import { decodeReferenceRun, referenceFiles } from "../../simulation/reference-run.ts";
import type { RunReport } from "../../simulation/run-options.ts";
import type { Job, JobReport } from "./messages.ts";
import { SpikePile } from "./spike-pile.ts";

/** The thread that does one job besides the column that is played, and then ends. */
const scope = globalThis as unknown as {
  postMessage(report: JobReport, transfer?: Transferable[]): void;
  onmessage: ((message: { readonly data: Job }) => void) | null;
};

declare const PROGRAM: { readonly name: string; readonly version: string };

scope.onmessage = async ({ data: job }) => {
  try {
    if (job.kind === "verify") await verifyAll(job.base);
    else if (job.kind === "record") await record(job);
    else drawRaster(job);
    scope.postMessage({ kind: "done" });
  } catch (error) {
    scope.postMessage({ kind: "failed", message: String((error as Error).message ?? error) });
  }
};

/** Replays the reference runs, one after another. */
async function verifyAll(base: string): Promise<void> {
  const names: readonly string[] = await (await fetched(`${base}reference/runs.json`)).json();
  for (const [k, name] of names.entries()) {
    const files = new Map<string, Uint8Array>();
    const folder = `${base}reference/${name}`;
    for (const file of referenceFiles) {
      const response = await fetched(`${folder}/${file}`);
      files.set(file, new Uint8Array(await response.arrayBuffer()));
    }
    const reference = decodeReferenceRun(name, { folder, files: (file) => files.get(file) });
    const report = verify(reference, (simulatedMs, durationMs) => {
      const done = (k + simulatedMs / durationMs) / names.length;
      scope.postMessage({ kind: "progress", done, text: name });
    });
    scope.postMessage({ kind: "verified", report });
  }
}

async function fetched(address: string): Promise<Response> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address} cannot be read (${response.status}).`);
  return response;
}

/** Records a run from its beginning to a time, as the command does, and packs its files. */
async function record({ text, untilMs, label }: Extract<Job, { kind: "record" }>): Promise<void> {
  const store = new MemoryStore();
  const onReport = ({ simulatedMs }: RunReport) =>
    scope.postMessage({ kind: "progress", done: simulatedMs / untilMs, text: "Simulating" });
  await runExperiment(readExperiment(text), { store, label, program: PROGRAM, untilMs, onReport });
  const bytes = await runZip(store, label);
  scope.postMessage({ kind: "archive", bytes, name: `${label}.zip` }, [bytes.buffer]);
}

/** Simulates from the beginning to a time, and counts what a raster figure of its end shows. */
function drawRaster({ text, fromMs, untilMs }: Extract<Job, { kind: "raster" }>): void {
  const { parameters, entries } = readExperiment(text);
  const simulation = new Simulation(parameters, { entries });
  const { network } = simulation;
  const deathTimesMs = new Float64Array(network.cellCount).fill(Infinity);
  const pile = new SpikePile();
  while (simulation.timeMs < untilMs) {
    const isShown = simulation.timeMs >= fromMs;
    simulation.advance(
      Math.min(isShown ? untilMs : fromMs, simulation.timeMs + 1000),
      (timesMs, cells, count) => isShown && pile.add(timesMs, cells, count),
      (event) => {
        if (event.kind === "deletion")
          for (const cell of event.cells) deathTimesMs[cell] = event.timeMs;
      },
    );
    const done = simulation.timeMs / untilMs;
    scope.postMessage({ kind: "progress", done, text: "Simulating" });
  }
  const spikes = pile.take();
  const interval = { startMs: fromMs, endMs: untilMs };
  const raster = analysis.spikeRaster(spikes, network.populations, interval, { deathTimesMs });
  scope.postMessage({ kind: "raster", raster: { ...raster, spikes: [spikes] } });
}
