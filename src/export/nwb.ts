import type { SynapseTable } from "../recording/network-record.ts";
import type { NamedInterval, RunExcerpt } from "./excerpt.ts";
import { describe, type Hdf5Group, writeText } from "./hdf5.ts";
import type { NwbMetadata } from "./nwb-metadata.ts";
import { type IdSource, markObject, writeTable } from "./nwb-object.ts";
import {
  createModule,
  writeEvents,
  writeGains,
  writeLfp,
  writePotentials,
  writeSamples,
} from "./nwb-series.ts";
import { writeUnits } from "./nwb-units.ts";

/** The version of the NWB schema that is written. */
const nwbVersion = "2.7.0";

/** Metadata of an NWB file that the recorded run does not contain. */
export interface NwbProvenance extends NwbMetadata {
  /** Time at which the file is made, ISO 8601. */
  readonly createdAt: string;
  /** The program that makes it. */
  readonly program: { readonly name: string; readonly version: string };
  readonly newId?: IdSource;
}

const publication =
  "Rowan MS, Neymotin SA (2013) Synaptic Scaling Balances Learning in a Spiking Model of " +
  "Neocortex. ICANNGA 2013, LNCS 7824. ModelDB 147141.";

/** The publication's DOIs, of the proceedings and of the preprint. */
const publicationDois = ["doi:10.1007/978-3-642-37213-1_3", "doi:10.48550/arXiv.1304.2266"];

/**
 * Writes a recorded run as a file of Neurodata Without Borders (NWB 2.7): cells as units, samples
 * and plastic gains as time series, phases and trials as time intervals, events as annotations,
 * and the synapses and parameters as tables. Simulated time 0 is the start of the session.
 *
 * @returns after each step, so that the caller can do other work in between
 * @throws {DamagedFileError} on meeting a damaged block
 */
export function* writeNwb(
  file: Hdf5Group,
  run: RunExcerpt,
  { createdAt, program, newId = () => crypto.randomUUID(), ...metadata }: NwbProvenance,
): Generator<void> {
  markObject(file, ["core", "NWBFile"], newId());
  describe(file, { nwb_version: nwbVersion });
  writeSession(file, run, createdAt);
  writeGeneral(file, run, program);
  writeMetadata(file.get("general") as Hdf5Group, metadata, newId);
  yield* writeUnits(file, run, newId);
  writeIntervals(file.create_group("intervals"), run, newId);
  const processing = file.get("processing") as Hdf5Group;
  yield* writeSamples(processing, run, newId);
  yield* writePotentials(processing, run, newId);
  yield* writeLfp(processing, run, newId);
  const network = createModule(processing, "network", "Wiring, gains, parameters, events.", newId);
  const between = run.interColumnSynapses();
  const synapsesAre = `All synapses${between ? " within columns" : ""}, by sending cell and delay.`;
  writeSynapses(network, "synapses", synapsesAre, run.synapses(), newId);
  if (between) {
    const description = "Synapses between columns, which are not plastic.";
    writeSynapses(network, "inter_column_synapses", description, between, newId);
  }
  yield* writeGains(network, run, newId);
  writeParameters(network, run, newId);
  writeEvents(network, run, newId);
}

function writeSession(file: Hdf5Group, run: RunExcerpt, createdAt: string): void {
  const { manifest, startMs, endMs } = run;
  const { label, network } = manifest;
  const stretch = `${startMs / 1000} to ${endMs / 1000} s`;
  writeText(file, "identifier", `${label} ${manifest.createdAt} ${network.hash} ${stretch}`);
  writeText(
    file,
    "session_description",
    `Simulation "${label}" of a column of ${network.cellCount} cells, ${stretch} of simulated time.`,
  );
  writeText(file, "session_start_time", manifest.createdAt);
  writeText(file, "timestamps_reference_time", manifest.createdAt);
  writeText(file, "file_create_date", [createdAt]);
  for (const name of ["acquisition", "analysis", "processing", "general"]) file.create_group(name);
  const stimulus = file.create_group("stimulus");
  stimulus.create_group("presentation");
  stimulus.create_group("templates");
}

function writeGeneral(
  file: Hdf5Group,
  { manifest }: RunExcerpt,
  program: NwbProvenance["program"],
): void {
  const general = file.get("general") as Hdf5Group;
  writeText(general, "session_id", manifest.label);
  writeText(
    general,
    "experiment_description",
    "A simulated column of neocortex that learns by spike-timing-dependent plasticity and keeps " +
      `its balance by homeostatic synaptic scaling, by ${manifest.program.name} ${manifest.program.version}. ${publication}`,
  );
  // No `keywords`: neo opens no file that has them.
  writeText(general, "related_publications", publicationDois);
  const script = writeText(general, "source_script", `${program.name} ${program.version} export`);
  describe(script, { file_name: program.name });
}

function writeMetadata(
  general: Hdf5Group,
  { subject, experimenters = [], institution }: NwbMetadata,
  newId: IdSource,
): void {
  if (experimenters.length > 0) writeText(general, "experimenter", experimenters);
  if (institution !== undefined) writeText(general, "institution", institution);
  if (!subject) return;
  const group = general.create_group("subject");
  markObject(group, ["core", "Subject"], newId());
  for (const [name, text] of Object.entries(subject)) writeText(group, name, text);
}

/** Phases of the experiment as epochs, and trials of external input, where there are any. */
function writeIntervals(group: Hdf5Group, run: RunExcerpt, newId: IdSource): void {
  const epochs = "Phases of the experiment, as far as they are in this file.";
  writeTimeIntervals(group, "epochs", epochs, "phase", run.phases(), newId);
  const trials = "Trials of external input, unique or repeated, as far as they are in this file.";
  writeTimeIntervals(group, "trials", trials, "input", run.trials(), newId);
}

function writeTimeIntervals(
  parent: Hdf5Group,
  name: string,
  description: string,
  label: string,
  intervals: readonly NamedInterval[],
  newId: IdSource,
): void {
  if (intervals.length === 0) return;
  const seconds = (key: "startMs" | "endMs") =>
    Float64Array.from(intervals, (interval) => interval[key] / 1000);
  const columns = [
    { name: "start_time", description: "Beginning, s.", values: seconds("startMs") },
    { name: "stop_time", description: "End, s.", values: seconds("endMs") },
    { name: label, description: `The ${label}.`, values: intervals.map((one) => one.name) },
    {
      name: "tags",
      description: `The ${label}, as a tag.`,
      values: intervals.map((one) => one.name),
      ends: BigUint64Array.from(intervals, (_, k) => BigInt(k + 1)),
    },
  ];
  const kind = { type: "TimeIntervals", description, rows: intervals.length } as const;
  writeTable(parent, name, kind, columns, newId);
}

function writeSynapses(
  module: Hdf5Group,
  name: string,
  description: string,
  { presynaptic, postsynaptic, delayMs, distal, fastWeightMv, slowWeightMv }: SynapseTable,
  newId: IdSource,
): void {
  const columns = [
    ["presynaptic", "Sending cell: a row of the units.", presynaptic],
    ["postsynaptic", "Receiving cell: a row of the units.", postsynaptic],
    ["delay_ms", "Axonal delay, ms.", delayMs],
    ["distal", "1 on the distal dendrite, 0 near the soma.", distal],
    ["fast_weight_mv", "AMPA weight of E cells, GABA-A weight of others, mV.", fastWeightMv],
    ["slow_weight_mv", "NMDA weight, mV.", slowWeightMv],
  ] as const;
  writeTable(
    module,
    name,
    { type: "DynamicTable", description, rows: presynaptic.length },
    columns.map(([own, about, values]) => ({ name: own, description: about, values })),
    newId,
  );
}

function writeParameters(module: Hdf5Group, { manifest }: RunExcerpt, newId: IdSource): void {
  const parameters = Object.entries(manifest.parameters);
  const columns = [
    ["parameter", "Name of the parameter.", parameters.map(([name]) => name)],
    ["value", "Its value, JSON.", parameters.map(([, { value }]) => JSON.stringify(value))],
    ["unit", "Its unit.", parameters.map(([, { unit }]) => unit)],
    [
      "original",
      "The original model's names.",
      parameters.map(([, one]) => one.original.join(" ")),
    ],
  ] as const;
  writeTable(
    module,
    "parameters",
    { type: "DynamicTable", description: "All parameters.", rows: parameters.length },
    columns.map(([name, description, values]) => ({ name, description, values })),
    newId,
  );
}
