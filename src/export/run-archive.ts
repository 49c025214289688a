import { makeZip } from "client-zip";
import type { SynapseTable } from "../recording/network-record.ts";
import { potentialFields, potentialNames } from "../recording/potentials.ts";
import type { RunExcerpt } from "./excerpt.ts";
import { lfpFields, lfpLayersOf, lfpNames, lfpRows } from "./lfp-series.ts";
import { littleEndian, type NpyValues, npyHeader, npyTexts, npyType } from "./npy.ts";
import { columnOf } from "./sample-quantities.ts";
import { sampleSeries } from "./sample-series.ts";

/** An array that is made piece by piece. */
interface StreamedArray {
  readonly name: string;
  readonly type: string;
  readonly shape: readonly number[];
  readonly pieces: () => Iterable<NpyValues>;
}

/** The same in every archive, so that the same runs give the same bytes. */
const modified = new Date(1980, 0, 1);

/**
 * A recorded run as an uncompressed NumPy archive, for `numpy.load`, generated in constant memory.
 *
 * Arrays and their shapes, for n spikes, t samples, g records of gains, c cells, s synapses: `spike_times_ms`,
 * `spike_cells` (n); `sample_times_ms` (t), `sensed_rate_khz`, `target_rate_khz` (in the 2014 model
 * `activity_mv_per_ms`, `target_activity_mv_per_ms`), `scale_factor`, `alive` (t, c); where potentials are recorded (r readings of p cells) `potential_times_ms` (r),
 * `potential_cells` (p), `potential_mv`, `synaptic_drive_mv`, `ampa_mv`, `nmda_mv`,
 * `gaba_proximal_mv`, `gaba_distal_mv` (r, p), of the l layers with recorded E cells `lfp_layers`,
 * `lfp_cell_counts`, `lfp_columns` (of several columns) (l), `lfp_proxy_mv`, `lfp_excitatory_mv`,
 * `lfp_inhibitory_mv` (r, l); `gain_times_ms` (g), `plastic_gain` (g, s); `presynaptic`, `postsynaptic`,
 * `delay_ms`, `distal`, `fast_weight_mv`, `slow_weight_mv` (s), of several columns the same of the
 * synapses between them as `inter_column_presynaptic` and so on; `x_um`, `y_um`, `z_um`,
 * `population`, `column` (of several columns), `deleted_ms`, `outside_range_ms`, `not_finite_ms` (c); `population_names`, and `manifest` (), JSON.
 *
 * @throws {DamagedFileError} from the stream, at a damaged block
 * @example
 * ```ts
 * import { formats, readExperiment, runExperiment } from "isocortex";
 *
 * const run = await runExperiment(readExperiment("duration: 2 s"));
 * const archive = await new Response(formats.runArchive(new formats.RunExcerpt(run))).arrayBuffer();
 * console.log(archive.byteLength);
 * ```
 */
export function runArchive(run: RunExcerpt): ReadableStream<Uint8Array> {
  const arrays = [
    ...spikeArrays(run),
    ...sampleArrays(run),
    ...gainArrays(run),
    ...potentialArrays(run),
    ...lfpArrays(run),
  ];
  const entries = [...arrays.map(arrayEntry), ...networkEntries(run)];
  return makeZip(entries.map((entry) => ({ ...entry, lastModified: modified })));
}

function spikeArrays(run: RunExcerpt): StreamedArray[] {
  const shape = [run.spikeCount];
  return [
    streamed("spike_times_ms", "<f8", shape, () => mapped(run.spikeBlocks(), (b) => b.timesMs)),
    streamed("spike_cells", "<u4", shape, () => mapped(run.spikeBlocks(), (b) => b.cells)),
  ];
}

function sampleArrays(run: RunExcerpt): StreamedArray[] {
  const { sampleTimesMs } = run;
  const shape = [sampleTimesMs.length, run.manifest.network.cellCount];
  return sampleSeries(run).map(({ quantity, rows }) =>
    streamed(columnOf(quantity), quantity.name === "alive" ? "|u1" : "<f8", shape, rows),
  );
}

function gainArrays(run: RunExcerpt): StreamedArray[] {
  const { gainTimesMs } = run;
  const shape = [gainTimesMs.length, run.manifest.network.synapseCount];
  const pieces = () => mapped(gainTimesMs.keys(), (index) => run.gains(index));
  return [streamed("plastic_gain", "<f8", shape, pieces)];
}

function potentialArrays(run: RunExcerpt): StreamedArray[] {
  const { potentialTimesMs, potentialCells } = run;
  if (potentialCells.length === 0) return [];
  const shape = [potentialTimesMs.length, potentialCells.length];
  const cells = Uint32Array.from(potentialCells);
  return [
    streamed("potential_times_ms", "<f8", [potentialTimesMs.length], () => [potentialTimesMs]),
    streamed("potential_cells", "<u4", [cells.length], () => [cells]),
    ...potentialNames.map((name) =>
      streamed(`${potentialFields[name].name}_mv`, "<f8", shape, () => run.potentialRows(name)),
    ),
  ];
}

function lfpArrays(run: RunExcerpt): StreamedArray[] {
  const layers = lfpLayersOf(run);
  if (layers.length === 0) return [];
  const shape = [run.potentialTimesMs.length, layers.length];
  const ofLayers = (name: string, values: readonly number[]) =>
    streamed(name, "<u4", [layers.length], () => [Uint32Array.from(values)]);
  const columns = layers.flatMap(({ column }) => column ?? []);
  return [
    ofLayers(
      "lfp_layers",
      layers.map(({ layer }) => layer),
    ),
    ...(columns.length > 0 ? [ofLayers("lfp_columns", columns)] : []),
    ofLayers(
      "lfp_cell_counts",
      layers.map(({ cells }) => cells.length),
    ),
    ...lfpNames.map((name) =>
      streamed(`${lfpFields[name].name}_mv`, "<f8", shape, () => lfpRows(run, name)),
    ),
  ];
}

const streamed = (
  name: string,
  type: string,
  shape: readonly number[],
  pieces: () => Iterable<NpyValues>,
): StreamedArray => ({ name, type, shape, pieces });

function arrayEntry({ name, type, shape, pieces }: StreamedArray) {
  const header = npyHeader(type, shape);
  const count = shape.reduce((product, length) => product * length, 1);
  const size = header.length + count * Number(type.slice(2));
  async function* input() {
    yield header;
    for (const values of pieces()) yield littleEndian(values);
  }
  return { name: `${name}.npy`, size, input: input() };
}

/** Properties of synapses, by the names of the arrays. */
const synapseArrays = (
  { presynaptic, postsynaptic, delayMs, distal, fastWeightMv, slowWeightMv }: SynapseTable,
  prefix = "",
): Record<string, NpyValues> => ({
  [`${prefix}presynaptic`]: presynaptic,
  [`${prefix}postsynaptic`]: postsynaptic,
  [`${prefix}delay_ms`]: delayMs,
  [`${prefix}distal`]: distal,
  [`${prefix}fast_weight_mv`]: fastWeightMv,
  [`${prefix}slow_weight_mv`]: slowWeightMv,
});

function networkEntries(run: RunExcerpt) {
  const { manifest, sampleTimesMs, gainTimesMs } = run;
  const between = run.interColumnSynapses();
  const { xUm, yUm, zUm } = run.positions();
  const columns = run.columns();
  const arrays: Record<string, NpyValues> = {
    sample_times_ms: sampleTimesMs,
    gain_times_ms: gainTimesMs,
    ...synapseArrays(run.synapses()),
    ...(between && synapseArrays(between, "inter_column_")),
    x_um: xUm,
    y_um: yUm,
    z_um: zUm,
    population: run.populations(),
    ...(columns && { column: columns }),
    deleted_ms: run.deletionTimesMs(),
    outside_range_ms: run.firstTimesMs("outsideRange"),
    not_finite_ms: run.firstTimesMs("notFinite"),
  };
  const names = manifest.populations.map(({ name }) => name);
  return [
    ...Object.entries(arrays).map(([name, values]) =>
      arrayEntry(streamed(name, npyType(values), [values.length], () => [values])),
    ),
    textEntry("population_names", names, [names.length]),
    textEntry("manifest", [JSON.stringify(manifest)], []),
  ];
}

function textEntry(name: string, texts: readonly string[], shape: readonly number[]) {
  const { type, bytes } = npyTexts(texts);
  const header = npyHeader(type, shape);
  const input = new Uint8Array(header.length + bytes.length);
  input.set(header);
  input.set(bytes, header.length);
  return { name: `${name}.npy`, size: input.length, input };
}

function* mapped<T, R>(items: Iterable<T>, map: (item: T) => R): Generator<R> {
  for (const item of items) yield map(item);
}
