import type { RunExcerpt } from "./excerpt.ts";
import { describe, type Hdf5Group } from "./hdf5.ts";
import { circuitConfig, nodeSets, simulationConfig } from "./sonata-configuration.ts";
import { edgeTypes, nodeTypes, writeEdges, writeNodes } from "./sonata-network.ts";
import { reportNames, reportsOf, writeReport } from "./sonata-report.ts";
import { writeSpikes } from "./sonata-spikes.ts";
import { sonataStart } from "./sonata-starts.ts";
import type { ExportTarget } from "./target.ts";

/** Every file that a SONATA export may have. */
export const sonataFiles: readonly string[] = [
  "nodes.h5",
  "node_types.csv",
  "edges.h5",
  "edge_types.csv",
  "node_sets.json",
  "spikes.h5",
  ...reportNames.map((name) => `${name}.h5`),
  "circuit_config.json",
  "simulation_config.json",
];

/**
 * Writes a recorded run as SONATA files (Allen Institute and Blue Brain Project): spikes, the
 * network's nodes and edges, samples as reports, and the configurations that tie them together.
 *
 * @returns after each step, so that the caller can do other work in between
 * @throws {DamagedFileError} on meeting a damaged block
 */
export function* writeSonata(run: RunExcerpt, target: ExportTarget): Generator<void> {
  const nodes = (file: Hdf5Group) => writeNodes(file, run, target);
  yield* hdf5File(target, "nodes.h5", nodes, sonataStart("nodes"));
  yield* target.write("node_types.csv", [nodeTypes(run)]);
  yield* hdf5File(target, "edges.h5", (file) => writeEdges(file, run));
  yield* target.write("edge_types.csv", [edgeTypes()]);
  yield* target.write("node_sets.json", [nodeSets(run)]);
  yield* hdf5File(target, "spikes.h5", (file) => writeSpikes(file, run), sonataStart("spikes"));
  const reports = reportsOf(run);
  for (const report of reports) {
    yield* hdf5File(target, `${report.name}.h5`, (file) => writeReport(file, report));
  }
  yield* target.write("circuit_config.json", [circuitConfig()]);
  yield* target.write("simulation_config.json", [simulationConfig(run, reports)]);
}

/** An HDF5 file with the attributes that SONATA asks of each. */
function* hdf5File(
  target: ExportTarget,
  name: string,
  write: (file: Hdf5Group) => Iterable<void>,
  start?: Uint8Array,
): Generator<void> {
  const file = target.createHdf5(name, start);
  describe(file, { magic: Uint32Array.of(0x0a7a), version: Uint32Array.of(0, 1) });
  yield* write(file);
  target.close(file);
}
