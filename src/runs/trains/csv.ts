import { TrainFileError } from "../../timeline/spike-trains.ts";
import type { TrainColumns } from "./columns.ts";

/** Names of the columns, without spaces, brackets and the like; times say their unit. */
const cellNames = ["cell", "cellid", "neuron", "nodeid", "id"];
const timeUnits: Readonly<Record<string, number>> = { timems: 1, tms: 1, times: 1000, ts: 1000 };

const expected =
  "expected a header such as time_ms,cell: one column cell, and one time_ms or time_s";

/**
 * Spikes of a CSV file with a line of names: a column of cells and one of times, whose name says
 * their unit. Empty lines and those that begin with # are passed over.
 */
export function csvColumns(name: string, text: string): TrainColumns {
  const lines = text.split(/\r\n|\r|\n/).map((line, k) => ({ line, number: k + 1 }));
  const [header, ...rows] = lines.filter(({ line }) => !/^\s*(#|$)/.test(line));
  if (!header) throw new TrainFileError(`${name} is empty: ${expected}`);
  const names = fieldsOf(header.line.replace(/^\ufeff/, "")).map(plainName);
  const cellPlace = onlyPlace(names, (one) => cellNames.includes(one));
  const timePlace = onlyPlace(names, (one) => Object.hasOwn(timeUnits, one));
  if (cellPlace === undefined || timePlace === undefined) {
    const hint = names.includes("time") ? "; the unit of time is missing" : "";
    throw new TrainFileError(`${name}:${header.number}: ${expected}${hint}`);
  }
  const unit = timeUnits[names[timePlace]!]!;
  const numbers = rows.map(({ line, number }) => {
    const fields = fieldsOf(line);
    if (fields.length !== names.length) {
      throw new TrainFileError(
        `${name}:${number}: expected ${names.length} values, found ${fields.length}`,
      );
    }
    const numberAt = (place: number) => {
      const value = fields[place] === "" ? Number.NaN : Number(fields[place]);
      if (!Number.isNaN(value)) return value;
      throw new TrainFileError(`${name}:${number}: "${fields[place]}" is not a number`);
    };
    return { timeMs: numberAt(timePlace) * unit, cell: numberAt(cellPlace) };
  });
  return {
    timesMs: numbers.map(({ timeMs }) => timeMs),
    cells: numbers.map(({ cell }) => cell),
    placeOf: (k) => `${name}:${rows[k]!.number}`,
  };
}

/** Place of the one name that is asked for; undefined for none, or several. */
function onlyPlace(names: readonly string[], isIt: (name: string) => boolean): number | undefined {
  const places = [...names.keys()].filter((place) => isIt(names[place]!));
  return places.length === 1 ? places[0] : undefined;
}

const fieldsOf = (line: string): string[] =>
  line.split(/[,;\t]/).map((field) => field.trim().replace(/^"(.*)"$/, "$1"));

const plainName = (field: string): string => field.toLowerCase().replace(/[^a-z]/g, "");
