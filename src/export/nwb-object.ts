import type { Dataset, Group } from "h5wasm";
import { describe, type Hdf5Group, type Hdf5Values, writeText, writeValues } from "./hdf5.ts";

/** Makes identifiers of NWB objects: UUIDs. */
export type IdSource = () => string;

/** Namespace and name of a type of NWB. */
type NwbType = readonly ["core" | "hdmf-common", string];

/** Marks a group or dataset as an object of a type. */
export function markObject(object: Group | Dataset, [namespace, type]: NwbType, id: string): void {
  describe(object, { namespace, neurodata_type: type, object_id: id });
}

/** A column of a table: a value for each row. */
export interface NwbColumn {
  readonly name: string;
  readonly description: string;
  readonly values: Hdf5Values | readonly string[];
  /** Of a column of vectors, their length. */
  readonly width?: number;
  /** Of a column of several values for each row, where each row's end. */
  readonly ends?: BigUint64Array;
}

/** Type and description of a table. */
export interface NwbTableKind {
  readonly type: "DynamicTable" | "TimeIntervals" | "Units";
  readonly description: string;
  readonly rows: number;
}

/** Writes a table of the columns given, to which others can be added. */
export class NwbTable {
  readonly group: Hdf5Group;
  readonly #newId: IdSource;
  readonly #names: string[] = [];
  readonly #description: string;

  constructor(parent: Hdf5Group, name: string, kind: NwbTableKind, newId: IdSource) {
    this.group = parent.create_group(name);
    this.#newId = newId;
    this.#description = kind.description;
    const namespace = kind.type === "DynamicTable" ? "hdmf-common" : "core";
    markObject(this.group, [namespace, kind.type], newId());
    const ids = writeValues(
      this.group,
      "id",
      Int32Array.from({ length: kind.rows }, (_, k) => k),
    );
    markObject(ids, ["hdmf-common", "ElementIdentifiers"], newId());
  }

  /** Adds a column that is known already. */
  add({ name, description, values, width, ends }: NwbColumn): void {
    const isNumeric = ArrayBuffer.isView(values);
    const shape = width === undefined ? [values.length] : [values.length / width, width];
    const dataset = isNumeric
      ? writeValues(this.group, name, values as Hdf5Values, shape)
      : writeText(this.group, name, values as readonly string[]);
    this.adopt(dataset, name, description);
    if (ends) this.divide(dataset, name, ends);
  }

  /** Makes a dataset of the table's group a column. */
  adopt(dataset: Dataset, name: string, description: string): void {
    markObject(dataset, ["hdmf-common", "VectorData"], this.#newId());
    describe(dataset, { description });
    this.#names.push(name);
  }

  /** Divides a column that holds several values for each row: `ends[row]` is where the row's end. */
  divide(column: Dataset, name: string, ends: BigUint64Array): void {
    const index = writeValues(this.group, `${name}_index`, ends);
    markObject(index, ["hdmf-common", "VectorIndex"], this.#newId());
    describe(index, {
      description: `Where the values of each row end in ${name}.`,
      target: column.create_reference(),
    });
  }

  /** Names the columns; none can be added any more. */
  finish(): void {
    describe(this.group, { colnames: this.#names, description: this.#description });
  }
}

/** Writes a table that is known already. */
export function writeTable(
  parent: Hdf5Group,
  name: string,
  kind: NwbTableKind,
  columns: readonly NwbColumn[],
  newId: IdSource,
): void {
  const table = new NwbTable(parent, name, kind, newId);
  for (const column of columns) table.add(column);
  table.finish();
}
