import { FORMAT_VERSION } from "../encoding/format-version.ts";
import type { Spikes } from "../encoding/spike-codec.ts";
import { namesIn } from "../model/column-grid.ts";
import { originalNames } from "../model/parameter-names.ts";
import { type Parameters, parameterDefinitions } from "../model/parameters.ts";
import { type Ancestry, type Manifest, nothingDone } from "./manifest.ts";
import { networkHash } from "./network-hash.ts";
import type { RecordedNetwork } from "./network-record.ts";
import type { Past } from "./past.ts";
import { runIdentity } from "./run-identity.ts";

/** Description of a run before its start. */
export interface RunDescription {
  readonly program: { readonly name: string; readonly version: string };
  /** The preset that it was started from, or null. */
  readonly preset: string | null;
  /** Name for users. */
  readonly label: string;
  readonly parameters: Parameters;
  /** Baseline, learning, recall, …: its parts, in order of time. */
  readonly phases: readonly {
    readonly name: string;
    readonly startMs: number;
    readonly endMs: number;
  }[];
  readonly durationMs: number;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  /** See the manifest. */
  readonly gainTimesMs?: readonly number[] | undefined;
  readonly checkpointTimesMs?: readonly number[] | undefined;
  readonly potentials?: Manifest["potentials"] | undefined;
  readonly timeline?: Manifest["timeline"] | undefined;
  /** Spike trains that its stimuli take from files, by their checksums. */
  readonly trains?: ReadonlyMap<string, Spikes> | undefined;
  readonly entries?: readonly Readonly<Record<string, unknown>>[] | undefined;
  readonly engine?: Manifest["engine"] | undefined;
  readonly ancestry?: Ancestry | undefined;
  readonly past?: Past | undefined;
}

/** The manifest of a run that is about to begin. */
export function initialManifest(description: RunDescription, network: RecordedNetwork): Manifest {
  const { program, preset, label, parameters, phases, durationMs, createdAt } = description;
  const { gainTimesMs, checkpointTimesMs, potentials, timeline, entries = [] } = description;
  const { engine, ancestry, past } = description;
  const { cellCount, synapseCount, interColumn } = network;
  const manifest: Manifest = {
    format: "isocortex run",
    formatVersion: FORMAT_VERSION,
    identity: undefined,
    program,
    preset,
    label,
    status: "running",
    createdAt,
    updatedAt: createdAt,
    durationMs,
    simulatedMs: ancestry?.timeMs ?? 0,
    wallSeconds: 0,
    counts: nothingDone.counts,
    excursions: nothingDone.excursions,
    ...(gainTimesMs && { gainTimesMs: [...gainTimesMs] }),
    ...(checkpointTimesMs && { checkpointTimesMs: [...checkpointTimesMs] }),
    ...(potentials && { potentials }),
    ...(timeline && { timeline }),
    ...(entries.length > 0 && { entries: entries as Manifest["entries"] }),
    ...(engine && { engine }),
    ...(ancestry && { ancestry }),
    ...(past && { past }),
    phases: [...phases],
    network: {
      ...{ hash: networkHash(network), cellCount, synapseCount },
      ...(interColumn && { interColumnSynapses: interColumn.postsynaptic.length }),
    },
    populations: [...network.populations],
    seeds: seedsOf(parameters),
    parameters: parameterRecord(parameters),
  };
  return { ...manifest, identity: runIdentity(manifest) };
}

function seedsOf(parameters: Parameters): Manifest["seeds"] {
  const entries = Object.entries(parameters).filter(([name]) => name.endsWith("Seed"));
  return Object.fromEntries(entries.map(([name, value]) => [name, Number(value)]));
}

const parameterRecord = (parameters: Parameters): Manifest["parameters"] =>
  Object.fromEntries(
    namesIn(parameters).map((name) => {
      const { unit } = parameterDefinitions[name];
      return [name, { value: parameters[name], unit, original: [...originalNames(name)] }];
    }),
  );
