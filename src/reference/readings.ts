import type { CellState } from "../engine/cell-state.ts";
import type { Potentials } from "../engine/potentials.ts";
import type { Cell } from "./cell.ts";

/** State of all cells, as a record samples it. */
export function cellStateOf(cells: readonly Cell[]): CellState {
  const collect = (quantity: (cell: Cell) => number) => Float64Array.from(cells, quantity);
  return {
    alive: Uint8Array.from(cells, ({ alive }) => Number(alive)),
    activity: collect((cell) => cell.activity),
    sensedRateKhz: collect((cell) => cell.currentSensedRateKhz),
    targetRateKhz: collect((cell) => cell.targetRateKhz),
    rateErrorIntegral: collect((cell) => cell.rateErrorIntegral),
    scaleFactor: collect((cell) => cell.scaleFactor),
    spikeCount: collect((cell) => cell.spikeCount),
    blockCount: collect((cell) => cell.blockCount),
    ampaDistalMv: collect((cell) => cell.ampaDistalMv),
    nmdaDistalMv: collect((cell) => cell.nmdaDistalMv),
    gabaProximalMv: collect((cell) => 0 - cell.gabaProximalMv),
    gabaDistalMv: collect((cell) => 0 - cell.gabaDistalMv),
    afterhyperpolarizationMv: collect((cell) => 0 - cell.afterhyperpolarizationMv),
    dynamicThresholdMv: collect((cell) => cell.dynamicThresholdMv),
    lastUpdateMs: collect((cell) => cell.lastUpdateMs),
    lastSensorUpdateMs: collect((cell) => cell.lastEventMs),
  };
}

/** Potentials of cells at a time, which changes nothing of them; NaN of the dead. */
export function potentialsOf(cells: readonly Cell[], nowMs: number): Potentials {
  const present = cells.map((cell) => cell.at(nowMs));
  const collect = (quantity: (cell: Cell) => number) =>
    Float64Array.from(present, (cell) => (cell.alive ? quantity(cell) : Number.NaN));
  return {
    potentialMv: collect((cell) => cell.potentialMv),
    driveMv: collect((cell) => cell.driveMv),
    ampaMv: collect((cell) => cell.ampaDistalMv),
    nmdaMv: collect((cell) => cell.nmdaDistalMv),
    gabaProximalMv: collect((cell) => 0 - cell.gabaProximalMv),
    gabaDistalMv: collect((cell) => 0 - cell.gabaDistalMv),
  };
}
