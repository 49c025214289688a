// What a project compiles that uses isocortex: every entry point, with all of its declarations.
import { type Parameters, resolveParameters, Simulation, type SpikeSink } from "isocortex";
import { type Figure, lightTheme, type PowerFigureData, type Theme } from "isocortex/figures";
import { type RunStatistics, readReferenceRun, recordRun, runStatistics } from "isocortex/node";

const parameters: Parameters = resolveParameters({ protocol: "training", baselineDurationS: 1 });
const simulation = new Simulation(parameters);
let spikes = 0;
const count: SpikeSink = (_timesMs: Float64Array, _cells: Uint32Array, ofThem: number) => {
  spikes += ofThem;
};
simulation.advance(500, count);

// @ts-expect-error: a misspelt parameter must not compile
export const misspelt = () => resolveParameters({ baselineDuration: 1 });

export const widthPx = (figure: Figure): number => figure.widthPx;
export const spectrumOf = (data: PowerFigureData): PowerFigureData => data;
export const theme: Theme = lightTheme;
export const ratesHz = (statistics: RunStatistics): readonly number[] =>
  statistics.rates.map(({ rateHz }) => rateHz);
export const withFiles = [recordRun, runStatistics, readReferenceRun].map((f) => typeof f);
console.log(spikes, simulation.network.cellCount, withFiles.join(" "));
