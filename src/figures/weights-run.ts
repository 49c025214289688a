import type { GainDistributions } from "../synapses/plastic-gains.ts";
import type { WeightMatrices } from "../synapses/weight-matrices.ts";

/** Plastic gains of one run at the times at which it recorded them. */
export interface WeightsRun {
  /** Label of the run; needed where runs are compared. */
  readonly label?: string;
  /** Time at which it branched off its past: what is earlier is drawn in grey, ms. */
  readonly branchMs?: number;
  /** Gains of the synapses between E cells, as `gainDistributions` gives them. */
  readonly gains: GainDistributions;
  /** By pair of populations at the same times, as `weightMatrices` gives them. */
  readonly matrices: readonly WeightMatrices[];
}
