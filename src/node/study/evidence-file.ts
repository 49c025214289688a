import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { RunEvidence } from "../../paper/evidence.ts";
import { FolderStore } from "../run/run-folder.ts";

/** In a run directory: what was measured of the run for the paper's claims. */
const EVIDENCE_FILE = "evidence.json";

/** JSON has no such numbers: they are kept by their names. */
const unusual: Readonly<Record<string, number>> = {
  NaN: Number.NaN,
  Infinity: Number.POSITIVE_INFINITY,
  "-Infinity": Number.NEGATIVE_INFINITY,
};

/** Keeps a run's evidence in its directory. */
export function writeEvidence(directory: string, evidence: RunEvidence): void {
  const named = (_: string, value: unknown) =>
    typeof value === "number" && !Number.isFinite(value) ? String(value) : value;
  const text = `${JSON.stringify(evidence, named, 2)}\n`;
  new FolderStore(directory).replace(EVIDENCE_FILE, new TextEncoder().encode(text));
}

/** A run's evidence as it was kept. */
export function readEvidence(directory: string): RunEvidence {
  const text = readFileSync(join(directory, EVIDENCE_FILE), "utf8");
  const numbered = (_: string, value: unknown) =>
    typeof value === "string" ? (unusual[value] ?? value) : value;
  return JSON.parse(text, numbered) as RunEvidence;
}
