/** A varied parameter as an axis. */
export interface ParameterAxis {
  readonly name: string;
  /** "1" for plain numbers, empty for switches and choices. */
  readonly unit: string;
  /** Numbers in ascending order; of a switch or choice, its values. */
  readonly values: readonly (number | string | boolean)[];
  /** Name on the axis; by default the name and the unit. */
  readonly label?: string;
}

/** Positions and labels of a parameter's values on an axis. */
export interface AxisPlaces {
  readonly label: string;
  /** Evenly spaced for choices, logarithmic where numbers span a large ratio. */
  readonly places: readonly number[];
  readonly domain: readonly [number, number];
  readonly ticks: readonly number[];
  /** Names of the ticks. */
  readonly tickText: (place: number) => string;
  readonly isNumeric: boolean;
}

/** From this ratio of the largest to the smallest value on, an axis is logarithmic. */
const LEAST_LOGARITHMIC_RATIO = 30;

/** Ticks that have room on an axis of a panel in two columns. */
const MOST_TICKS = 7;

/** Places the values of a parameter on an axis. */
export function axisPlaces(
  {
    name,
    unit,
    values,
    label = unit === "1" || unit === "" ? name : `${name} (${unit})`,
  }: ParameterAxis,
  mostTicks = MOST_TICKS,
): AxisPlaces {
  const numbers = values.map(Number);
  const isNumeric = values.every((value) => typeof value === "number");
  const isLogarithmic =
    isNumeric &&
    numbers.every((value) => value > 0) &&
    Math.max(...numbers) >= LEAST_LOGARITHMIC_RATIO * Math.min(...numbers);
  const places = isNumeric
    ? numbers.map((value) => (isLogarithmic ? Math.log10(value) : value))
    : values.map((_, index) => index);
  const [least, most] = [Math.min(...places), Math.max(...places)];
  const marginPart = isNumeric ? 0.04 : 0.5;
  const margin = marginPart * (isNumeric ? most - least || 1 : 1);
  const every = Math.ceil(values.length / mostTicks);
  const names = new Map(places.map((place, index) => [place, valueText(values[index]!)]));
  return {
    label,
    places,
    domain: [least - margin, most + margin],
    ticks: places.filter((_, index) => index % every === 0),
    tickText: (place) => names.get(place) ?? "",
    isNumeric,
  };
}

/** Digits of a value that are enough to know it by. */
const NAMED_DIGITS = 4;

/** A value of a parameter as figures call it: "on", "0.005", "4e−8". */
export function valueText(value: number | string | boolean): string {
  if (typeof value === "boolean") return value ? "on" : "off";
  if (typeof value === "string") return value;
  const rounded = Number(value.toPrecision(NAMED_DIGITS));
  const plain = String(rounded);
  const exponential = rounded.toExponential();
  const shorter = plain.length > 6 && exponential.length < plain.length ? exponential : plain;
  return shorter.replace("e+", "e").replaceAll("-", "−");
}
