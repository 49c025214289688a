import type { EntrySource } from "../../index.ts";
import type { CurvePoint } from "../../live/session/chronicle.ts";
import type {
  ColumnDescription,
  Order,
  RasterData,
  Report,
  Standing,
} from "../../live/worker/messages.ts";
import type { Bins, SpikeWindow } from "../../overview/window.ts";

/** Request from the page of a recorded run; what is not here, is as on the live page. */
export type ViewOrder =
  | Order
  | { readonly kind: "open-run"; readonly id: number }
  /** Looks whether the record has grown. */
  | { readonly kind: "refresh" }
  | { readonly kind: "show"; readonly bins: Bins }
  /** Asks for what a raster figure of a stretch of time shows. */
  | { readonly kind: "raster"; readonly fromMs: number; readonly untilMs: number }
  /** Goes on live from a moment, with something that is done then. */
  | {
      readonly kind: "continue";
      readonly timeMs: number;
      readonly what?: EntrySource | undefined;
      /** Simulated over real time; it waits where there is none. */
      readonly speed?: number | undefined;
    }
  /** Goes back to the record, at a moment. */
  | { readonly kind: "return"; readonly timeMs: number };

/** Message from the worker of a recorded run. */
export type ViewReport =
  | Report
  | { readonly kind: "loading"; readonly text: string; readonly done: number }
  | { readonly kind: "recorded"; readonly record: RecordDescription; readonly standing: Standing }
  | { readonly kind: "window"; readonly window: SpikeWindow }
  | { readonly kind: "raster"; readonly raster: RasterData }
  /** The column is to go on live, from a state at or before the moment. */
  | { readonly kind: "forked"; readonly fromMs: number; readonly timeMs: number };

/** A recorded run, and what is seen of all of it at once. */
export interface RecordDescription {
  readonly id: number;
  readonly directory: string;
  readonly column: ColumnDescription;
  readonly state: string;
  /** Time of the known past, and of the record's end, ms. */
  readonly startMs: number;
  readonly reachedMs: number;
  /** Times at which a run branched off an earlier one, ms. */
  readonly branchMs: number | undefined;
  readonly pastLabels: readonly string[];
  readonly spikeCount: number;
  readonly notes: readonly string[];
  /** Curves of the samples, in order of time. */
  readonly points: readonly (CurvePoint & { readonly timeMs: number })[];
  /** Time of each cell's death, ms; Infinity if it lives. */
  readonly deathTimesMs: Float64Array;
}
