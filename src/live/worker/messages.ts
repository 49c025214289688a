import type {
  analysis,
  EntrySource,
  interventions,
  ParameterListing,
  Parameters,
  PopulationRange,
  RunEvent,
  Spikes,
  VerificationReport,
} from "../../index.ts";

/** Request from the page to the worker that simulates a column. */
export type Order =
  /** Speed is simulated over real time: Infinity for as fast as it goes, 0 for not yet. */
  | { readonly kind: "open"; readonly link?: string | undefined; readonly speed: number }
  | { readonly kind: "open-file"; readonly bytes: Uint8Array; readonly name: string }
  | { readonly kind: "play"; readonly speed: number }
  | { readonly kind: "pause" }
  | { readonly kind: "touch"; readonly what: EntrySource }
  /** The same experiment from its beginning, without touches; parameters changed as "name=value". */
  | { readonly kind: "renew"; readonly assignments: readonly string[]; readonly speed: number }
  /** A jump to another time; spikes are sent from an earlier time on if a snapshot precedes it. */
  | {
      readonly kind: "go-to";
      readonly timeMs: number;
      readonly fromMs: number;
      /** The number of this order: pieces of what was played before it are of no use after it. */
      readonly passage: number;
    }
  /** A return to a future that was left, at the latest time that the page knows of it. */
  | {
      readonly kind: "return";
      readonly future: number;
      readonly timeMs: number;
      readonly passage: number;
    }
  | { readonly kind: "forget"; readonly future: number }
  | { readonly kind: "watch"; readonly cell: number | undefined }
  | { readonly kind: "describe"; readonly form: DescriptionForm }
  /** A report was taken in; only so many are sent ahead. */
  | { readonly kind: "heard" };

/** Message from the worker. */
export type Report =
  /** The worker has begun to read its program; orders wait until it has. */
  | { readonly kind: "begun" }
  | { readonly kind: "opened"; readonly column: ColumnDescription; readonly standing: Standing }
  | { readonly kind: "played"; readonly piece: Piece; readonly standing: Standing }
  | { readonly kind: "changed"; readonly standing: Standing }
  | { readonly kind: "described"; readonly description: Description }
  | { readonly kind: "problem"; readonly title: string; readonly message: string };

/** Width and height of a grid of columns. */
export type GridSize = Pick<Parameters, "columnsX" | "columnsY">;

/** Structure of the columns, constant during a simulation. */
export interface ColumnDescription {
  readonly description: string;
  readonly grid: GridSize;
  readonly cellCount: number;
  /** Number of synapses within columns and between them. */
  readonly synapseCount: number;
  readonly populations: readonly PopulationRange[];
  /** True if scaling compares the sensed charge, mV/ms, with its target; else the sensed rate, kHz. */
  readonly sensesCharge: boolean;
  readonly xUm: Float64Array;
  readonly yUm: Float64Array;
  readonly zUm: Float64Array;
  readonly durationMs: number;
  readonly interventions: readonly interventions.InterventionListing[];
  readonly parameters: readonly ParameterListing[];
}

/** State of a column. */
export interface Standing {
  /** The number of the last order to go to another moment. */
  readonly passage: number;
  readonly timeMs: number;
  /** Latest known time of the present future. */
  readonly reachedMs: number;
  readonly isPlaying: boolean;
  /** While it is on its way to another moment. */
  readonly isSeeking: boolean;
  /** Simulated over real time, lately. */
  readonly speed: number;
  readonly learningOn: boolean;
  readonly scalingOn: boolean;
  readonly parameters: Partial<Parameters>;
  /** Factor of the external input's weights. */
  readonly external: number;
  /** Entries of the timeline, in order of time. */
  readonly marks: readonly Mark[];
  readonly future: FutureListing;
  /** Futures that were left, the last one last. */
  readonly left: readonly FutureListing[];
}

/** One future of the column: which one, and what is special about it. */
export interface FutureListing {
  readonly number: number;
  readonly label: string;
  /** Time at which it parted from the one that was taken after it, ms. */
  readonly forkMs: number;
  readonly reachedMs: number;
}

/** An entry of the timeline as the bar of time shows it. */
export interface Mark {
  readonly id: string;
  readonly label: string;
  readonly timeMs: number;
  /** Time at which a state ends; undefined where it does not, or for what happens at an instant. */
  readonly untilMs: number | undefined;
  readonly isTouched: boolean;
}

/** Events in a stretch of time. */
export interface Piece {
  readonly fromMs: number;
  readonly untilMs: number;
  readonly timesMs: Float64Array;
  readonly cells: Uint32Array;
  readonly samples: readonly Sample[];
  readonly events: readonly RunEvent[];
}

/** The state of the cells at one time, as far as it is shown. */
export interface Sample {
  readonly timeMs: number;
  /** Mean ± standard deviation over living excitatory cells. */
  readonly scaleMean: number;
  readonly scaleSd: number;
  /** Quantity that scaling compares with its target, per s: Hz, or mV/s of charge. */
  readonly sensedPerS: number;
  /** NaN until scaling has set targets. */
  readonly targetPerS: number;
  /** Mean plastic gain of the synapses between excitatory cells. */
  readonly gainMean: number;
  readonly alive: Uint8Array;
  readonly livingE: number;
  readonly livingI: number;
  readonly scaleFactors: Float32Array;
  /** Synapses between excitatory cells by plastic gain, in bins of `GAIN_BIN`. */
  readonly gainCounts: Uint32Array;
  /**
   * Mean plastic gain of the synapses between living excitatory cells, by column and pair of
   * populations: row by row the presynaptic one; NaN where there are none.
   */
  readonly gainMatrix: Float32Array;
  readonly watched: WatchedCell | undefined;
}

/** Width of a bin of plastic gain, and how many there are; the last holds all above. */
export const GAIN_BIN = 0.25;
export const GAIN_BINS = 41;

/** One cell's state. */
export interface WatchedCell {
  readonly cell: number;
  readonly alive: boolean;
  readonly potentialMv: number;
  readonly thresholdMv: number;
  readonly ampaMv: number;
  readonly nmdaMv: number;
  readonly gabaMv: number;
  readonly afterhyperpolarizationMv: number;
  readonly scaleFactor: number;
  readonly sensedPerS: number;
  readonly targetPerS: number;
  readonly inputs: Uint32Array;
  readonly outputs: Uint32Array;
}

/** Form of the experiment's description: the end of an address, a file, or a line for the shell. */
export type DescriptionForm = "link" | "file" | "command";

/** The experiment up to the moment, to be taken away. */
export interface Description {
  readonly form: DescriptionForm;
  readonly text: string;
  readonly momentMs: number;
}

/** Work that does not concern the column that is played; each has a worker of its own. */
export type Job =
  | { readonly kind: "verify"; readonly base: string }
  | {
      readonly kind: "record";
      readonly text: string;
      readonly untilMs: number;
      readonly label: string;
    }
  | {
      readonly kind: "raster";
      readonly text: string;
      readonly fromMs: number;
      readonly untilMs: number;
    };

/** Spikes and rates of a stretch of time, for a figure. */
export interface RasterData extends Omit<analysis.SpikeRaster, "spikes"> {
  readonly spikes: readonly Spikes[];
}

/** Result of a job. */
export type JobReport =
  | { readonly kind: "progress"; readonly done: number; readonly text: string }
  | { readonly kind: "verified"; readonly report: VerificationReport }
  | { readonly kind: "archive"; readonly bytes: Uint8Array<ArrayBuffer>; readonly name: string }
  | { readonly kind: "raster"; readonly raster: RasterData }
  | { readonly kind: "done" }
  | { readonly kind: "failed"; readonly message: string };
