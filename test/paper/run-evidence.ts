import type { PairedGains, RunEvidence } from "../../src/paper/evidence.ts";

/** A run in which nothing happens but a little learning. */
export const calm: RunEvidence = {
  durationS: 9600,
  baseline: { eHz: 0.6, iHz: 5 },
  baselineEndS: 800,
  end: { eHz: 0.6, iHz: 5 },
  endFromS: 8800,
  endToS: 9600,
  highestEHz: 0.8,
  onsetS: null,
  relativeActivity: { least: 0.97, most: 1.03 },
  cells: 470,
  livingCells: 470,
  scaleFactor: { mean: 0.95, standardDeviation: 0.2, least: 0.4, most: 1.6 },
  gain: { mean: 1.14, standardDeviation: 0.2, least: 0.9, most: 5 },
  spectrum: { withinBaseline: 0.1, baselineToEnd: 0.3, baselinePeakHz: 3, endPeakHz: 8 },
};

export const hyperactive: RunEvidence = {
  ...calm,
  end: { eHz: 60, iHz: 220 },
  highestEHz: 72,
  onsetS: 6890,
  spectrum: { withinBaseline: 0.1, baselineToEnd: 0.9, baselinePeakHz: 3, endPeakHz: 70 },
};

export const quiet: RunEvidence = {
  ...calm,
  end: { eHz: 0.2, iHz: 2 },
  relativeActivity: { least: 0.4, most: 1 },
  livingCells: 173,
};

/** Gains that grew by a twentieth more with scaling. */
export const alike: PairedGains = {
  timeS: 4000,
  correlation: 0.97,
  meanWithout: 1.1,
  meanWith: 1.105,
};
