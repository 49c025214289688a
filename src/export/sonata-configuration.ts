import type { RunExcerpt } from "./excerpt.ts";
import { columnName, synapsesName } from "./sonata-network.ts";
import { potentialNodes, type Report } from "./sonata-report.ts";

const json = (value: object): string => `${JSON.stringify(value, null, 2)}\n`;

const nodeSetsFile = "$BASE_DIR/node_sets.json";

/** SONATA's circuit configuration: where nodes and edges are, and what kinds of populations. */
export function circuitConfig(): string {
  return json({
    manifest: { $BASE_DIR: "." },
    node_sets_file: nodeSetsFile,
    networks: {
      nodes: [
        {
          nodes_file: "$BASE_DIR/nodes.h5",
          node_types_file: "$BASE_DIR/node_types.csv",
          populations: { [columnName]: { type: "point_neuron" } },
        },
      ],
      edges: [
        {
          edges_file: "$BASE_DIR/edges.h5",
          edge_types_file: "$BASE_DIR/edge_types.csv",
          populations: { [synapsesName]: { type: "chemical" } },
        },
      ],
    },
  });
}

/**
 * SONATA's simulation configuration: what was simulated, and where spikes and reports are.
 *
 * `dt`, which it must have, is 0: events are simulated at their exact times, without steps. All
 * parameters are under `isocortex`, as SONATA lets programs add sections of their own.
 */
export function simulationConfig(run: RunExcerpt, reports: readonly Report[]): string {
  const { manifest, startMs, endMs } = run;
  return json({
    manifest: { $BASE_DIR: ".", $OUTPUT_DIR: "$BASE_DIR" },
    network: "$BASE_DIR/circuit_config.json",
    node_sets_file: nodeSetsFile,
    run: { tstart: startMs, tstop: endMs, dt: 0, random_seed: manifest.seeds["inputSeed"] ?? 0 },
    output: { output_dir: "$OUTPUT_DIR", spikes_file: "spikes.h5", spikes_sort_order: "by_time" },
    reports: Object.fromEntries(
      reports.map(({ name, unit, nodeSet, ...times }) => [
        name,
        {
          cells: nodeSet,
          type: "compartment",
          module: "membrane_report",
          variable_name: name,
          sections: "soma",
          start_time: times.startMs,
          end_time: Math.min(times.endMs, endMs),
          dt: times.stepMs,
          unit,
          file_name: `${name}.h5`,
        },
      ]),
    ),
    isocortex: manifest,
  });
}

/** SONATA's node sets: all cells, the model's populations, and E, LTS and FS cells. */
export function nodeSets({ manifest, potentialCells }: RunExcerpt): string {
  const { populations } = manifest;
  const classes = [...new Set(populations.map(({ cellClass }) => cellClass))];
  return json({
    [columnName]: { population: columnName },
    ...Object.fromEntries(populations.map(({ name }) => [name, { pop_name: name }])),
    ...Object.fromEntries(classes.map((cellClass) => [cellClass, { cell_class: cellClass }])),
    ...(potentialCells.length > 0 && {
      [potentialNodes]: { population: columnName, node_id: potentialCells },
    }),
  });
}
