/** Measure of a run at its end. */
export interface MeasureDefinition {
  /** "1" for plain numbers. */
  readonly unit: string;
  /** Title, as the label of an axis. */
  readonly title: string;
  readonly doc: string;
  /** True for the time of an event, which does not exist in a run that ends before it. */
  readonly isEventTime: boolean;
}

const measure = (unit: string, title: string, doc: string): MeasureDefinition => ({
  unit,
  title,
  doc,
  isEventTime: false,
});

const eventTime = (title: string, doc: string): MeasureDefinition => ({
  ...measure("s", title, doc),
  isEventTime: true,
});

/** All measures by name, in the order in which they are listed. */
export const measureDefinitions = {
  baselineRateEHz: measure(
    "Hz",
    "Baseline E rate",
    "Mean rate of the excitatory cells before learning and interventions, at most over half of the run.",
  ),
  baselineRateIHz: measure("Hz", "Baseline I rate", "The same of inhibitory cells."),
  finalRateEHz: measure(
    "Hz",
    "Final E rate",
    "Mean rate of the excitatory cells, spikes per second and living cell, in recall or, without it, from 88 to 98 % of the run.",
  ),
  finalRateIHz: measure("Hz", "Final I rate", "The same of inhibitory cells."),
  meanRateEHz: measure("Hz", "E rate", "Mean of the excitatory cells' rate over the whole run."),
  meanRateIHz: measure("Hz", "I rate", "The same of inhibitory cells."),
  peakRateEHz: measure(
    "Hz",
    "Highest E rate",
    "Highest rate of the excitatory cells in any window of 10 s.",
  ),
  hyperactivityOnsetS: eventTime(
    "Onset of hyperactivity",
    "First time after the baseline at which the excitatory cells' rate, averaged over the 10 s before, exceeds ten times its baseline; empty if it never does.",
  ),
  relativeActivity: measure(
    "1",
    "Activity, relative to the target",
    "Mean sensed rate of the living excitatory cells at the end over their mean target rate, or, in the 2014 model, mean sensed charge over its mean target; empty without scaling.",
  ),
  scaleFactorMean: measure(
    "1",
    "Mean scale factor",
    "Mean scale factor of the living excitatory cells at the end.",
  ),
  scaleFactorMin: measure("1", "Smallest scale factor", "The smallest of them."),
  scaleFactorMax: measure("1", "Largest scale factor", "The largest of them."),
  spectrumPeakHz: measure(
    "Hz",
    "Frequency of the spectral peak",
    "Where the multitaper spectrum of the excitatory spikes, a mean over stretches of 20 s of the run's last segment, is highest from 1 Hz on; of a flat spectrum, a matter of chance.",
  ),
  spectrumPeakPower: measure(
    "1/Hz",
    "Height of the spectral peak",
    "Power there over all power, per Hz.",
  ),
  meanGainEE: measure(
    "1",
    "Mean E→E gain",
    "Mean plastic gain of the synapses between excitatory cells at the end.",
  ),
  largestGainEE: measure("1", "Largest E→E gain", "The largest of them."),
  livingCells: measure("cells", "Living cells", "Cells alive at the end."),
  spikes: measure("spikes", "Spikes", "All spikes of the run."),
  outsideRangeFromS: eventTime(
    "Scale factors leave 0.01 to 100",
    "First recorded time at which any cell's scale factor is outside 0.01 to 100; empty if none ever is.",
  ),
  outsideRangeCells: measure(
    "cells",
    "Cells that leave 0.01 to 100",
    "Cells of which that is so at any recorded time; the run's manifest lists them.",
  ),
  notFiniteFromS: eventTime(
    "State infinite or NaN",
    "First recorded time at which any cell's scale factor, sensed or target rate, or any plastic gain, is infinite or not a number; empty if none ever is.",
  ),
  notFiniteCells: measure(
    "cells",
    "Cells that are not finite",
    "Cells of which scale factor or rates are so at any recorded time; the run's manifest lists them.",
  ),
} as const satisfies Record<string, MeasureDefinition>;

export type MeasureName = keyof typeof measureDefinitions;

export const measureNames = Object.keys(measureDefinitions) as MeasureName[];

/** A run's measures; null where one does not exist. Those of a state that is not finite are not, either. */
export type Measures = Readonly<Record<MeasureName, number | null>>;

/** Shown where a sweep's file names none. */
export const usualMeasures: readonly MeasureName[] = [
  "finalRateEHz",
  "finalRateIHz",
  "hyperactivityOnsetS",
  "scaleFactorMean",
  "meanGainEE",
];
