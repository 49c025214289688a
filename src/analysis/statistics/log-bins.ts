/** Bins of equal width on a logarithmic axis: 50 a decade, each 4.7 % wide. */
export const BINS_PER_DECADE = 50;
export const LEAST = 1e-2;
const DECADES = 11;
export const BINS = BINS_PER_DECADE * DECADES;

/** The bin of a positive value; those beyond the ends are in the first or last. */
export const plainBinOf = (value: number): number =>
  Math.min(BINS - 1, Math.max(0, Math.floor(BINS_PER_DECADE * Math.log10(value / LEAST))));

/** Doubles are told apart by their upper bits: 256 cells to a power of two. */
const CELL_SHIFT = 12;

const double = Float64Array.of(1);
const halves = new Uint32Array(double.buffer);
const UPPER = halves[1] === 0 ? 0 : 1;

function cellOf(value: number): number {
  double[0] = value;
  return halves[UPPER]! >>> CELL_SHIFT;
}

function startOf(cell: number): number {
  halves[1 - UPPER] = 0;
  halves[UPPER] = cell << CELL_SHIFT;
  return double[0]!;
}

const FIRST_CELL = cellOf(LEAST);
const END_CELL = cellOf(LEAST * 10 ** DECADES);

/** The bin of all values of a cell, −1 where bins meet in it or near it, as logarithms are rounded. */
const binsOfCells = () =>
  Int16Array.from({ length: END_CELL - FIRST_CELL }, (_, k) => {
    const bin = plainBinOf(startOf(FIRST_CELL + k) * (1 - 1e-9));
    return bin === plainBinOf(startOf(FIRST_CELL + k + 1) * (1 + 1e-9)) ? bin : -1;
  });

let binOfCell: Int16Array | undefined;

/** The same bin, many times as fast: the logarithm is taken only near where bins meet. */
export function binOf(value: number): number {
  binOfCell ??= binsOfCells();
  const cell = cellOf(value) - FIRST_CELL;
  const bin = cell >= 0 && cell < binOfCell.length ? binOfCell[cell]! : -1;
  return bin < 0 ? plainBinOf(value) : bin;
}
