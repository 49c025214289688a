import { runFiles } from "../../src/recording/run-files.ts";

/**
 * Where something stands in the way that the program did not write. docs/reliability.md gives the
 * number of these cases.
 */

/** Files in a directory for a run, each without and with --overwrite. */
export const inRunDirectory = [
  ...Object.values(runFiles),
  "checkpoints",
  "weights/README.md",
  "lease-000001.json",
];

/** Texts of a manifest.json that is none, each for `run --overwrite` and `plot`. */
export const noManifests = [
  '{ "format": "isocortex run" }',
  '{ "notes": "\\"format\\": \\"isocortex run\\"" }',
];

/** Files in a run that is overwritten: those that stay, and those that keep it from being begun. */
export const keptFiles = [
  "figures/thesis.pdf",
  "figures/raster.svg",
  "weights/README.md",
  "notes.txt",
];
const neededFiles = ["cells/positions.bin", "figures/scale.csv"];

/** Files of a figure: somebody else's, the program's changed, and the program's without its list. */
export const figureFiles = ["results.svg", "results.csv", "results.npz"];
const strangers = ["never written", "changed", "without a list"] as const;

/** What is no regular file, and how it is called. */
export const noFiles = [
  ["folder.csv", "a directory"],
  ["link.csv", "a link"],
  ["loop.csv", "a link"],
  ["pipe.csv", "a pipe"],
  ["/dev/null", "a device"],
  ["sonata/edges.h5", "a link"],
] as const;

/** Files of a figure of the paper, and of what is collected of a study. */
export const paperFiles = ["figure-5-quick.svg", "figure-5-quick.md"];
const studyFiles = ["results/runs.csv"];

export const foreignCases =
  2 * inRunDirectory.length +
  2 * noManifests.length +
  keptFiles.length +
  neededFiles.length +
  strangers.length * figureFiles.length +
  noFiles.length +
  paperFiles.length +
  studyFiles.length;
