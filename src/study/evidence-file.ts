import { readFileSync } from "node:fs";
import { join } from "node:path";
import { numberJson, parseNumberJson } from "../encoding/number-json.ts";
import { type FileChecksums, textChecksum } from "../encoding/sealed-json.ts";
import type { RunEvidence } from "../paper/evidence.ts";
import { FolderStore } from "../store/run-folder.ts";

/** In a run directory: what was measured of the run for the paper's claims. */
const EVIDENCE_FILE = "evidence.json";

/** Keeps a run's evidence in its directory; the checksum of the file. */
export function writeEvidence(directory: string, evidence: RunEvidence): FileChecksums {
  const text = `${numberJson(evidence, 2)}\n`;
  new FolderStore(directory).replace(EVIDENCE_FILE, new TextEncoder().encode(text));
  return { [EVIDENCE_FILE]: textChecksum(text) };
}

/** A run's evidence as it was kept. */
export function readEvidence(directory: string): RunEvidence {
  const text = readFileSync(join(directory, EVIDENCE_FILE), "utf8");
  return parseNumberJson(text) as RunEvidence;
}
