import type { Hdf5Object, Hdf5Value } from "./hdf5-tree.ts";

/** What an object of a type must have, by the specifications of NWB 2.7 and HDMF common 1.8. */
interface Requirement {
  readonly namespace: "core" | "hdmf-common";
  /** The type that it is a kind of. */
  readonly base?: string;
  readonly attributes?: Readonly<Record<string, Kind>>;
  readonly datasets?: Readonly<Record<string, Kind>>;
  readonly groups?: readonly string[];
  /** Of a type that is a dataset, what that holds. */
  readonly data?: Kind;
}

/** Kinds of values: one text or number, or lists of them; times are texts, ISO 8601. */
type Kind =
  | "text"
  | "texts"
  | "time"
  | "times"
  | "reference"
  | "integers"
  | "reals"
  | "seconds"
  | "one"
  | "rate"
  | "any";

const requirements: Readonly<Record<string, Requirement>> = {
  NWBFile: {
    namespace: "core",
    attributes: { nwb_version: "text" },
    datasets: {
      file_create_date: "times",
      identifier: "text",
      session_description: "text",
      session_start_time: "time",
      timestamps_reference_time: "time",
    },
    groups: [
      "acquisition",
      "analysis",
      "processing",
      "stimulus",
      "stimulus/presentation",
      "stimulus/templates",
      "general",
    ],
  },
  ProcessingModule: { namespace: "core", attributes: { description: "text" } },
  TimeSeries: { namespace: "core", datasets: { data: "any" } },
  Subject: { namespace: "core", datasets: { subject_id: "text" } },
  AnnotationSeries: { namespace: "core", base: "TimeSeries", datasets: { data: "texts" } },
  DynamicTable: {
    namespace: "hdmf-common",
    attributes: { colnames: "texts", description: "text" },
    datasets: { id: "integers" },
  },
  TimeIntervals: {
    namespace: "core",
    base: "DynamicTable",
    datasets: { start_time: "reals", stop_time: "reals" },
  },
  Units: { namespace: "core", base: "DynamicTable", datasets: { spike_times: "reals" } },
  VectorData: { namespace: "hdmf-common", attributes: { description: "text" }, data: "any" },
  VectorIndex: {
    namespace: "hdmf-common",
    base: "VectorData",
    attributes: { target: "reference" },
    data: "integers",
  },
  ElementIdentifiers: { namespace: "hdmf-common", data: "integers" },
};

/** What the datasets of time series must say of themselves. */
const dataRequirements: Readonly<Record<string, Readonly<Record<string, Kind>>>> = {
  data: { unit: "text" },
  timestamps: { unit: "seconds", interval: "one" },
  starting_time: { unit: "seconds", rate: "rate" },
};

const isKind: Record<Kind, (value: Hdf5Value) => boolean> = {
  text: ({ type, shape }) => type === "text" && shape.length === 0,
  texts: ({ type, shape }) => type === "text" && shape.length === 1,
  time: (value) => isKind.text(value) && value.values.every(isTime),
  times: (value) => isKind.texts(value) && value.values.length > 0 && value.values.every(isTime),
  reference: ({ type }) => type === "reference",
  integers: ({ type, shape }) => /^u?int/.test(type) && shape.length === 1,
  reals: ({ type, shape }) => type === "float64" && shape.length === 1,
  seconds: ({ values }) => values[0] === "seconds",
  one: ({ type, values }) => type === "int32" && values[0] === 1,
  rate: ({ type, shape, values }) =>
    /^float/.test(type) && shape.length === 0 && Number(values[0]) > 0,
  any: () => true,
};

const isTime = (text: unknown): boolean =>
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+-]\d\d:\d\d)$/.test(String(text));

type Tree = Readonly<Record<string, Hdf5Object>>;

const typeOf = (object: Hdf5Object | undefined): string | undefined =>
  object?.attributes["neurodata_type"]?.values[0] as string | undefined;

const join = (path: string, name: string): string =>
  path === "/" ? `/${name}` : `${path}/${name}`;

/** Everything in an NWB file that is not as its specification demands. */
export function nwbErrors(tree: Tree): string[] {
  const errors = Object.entries(tree).flatMap(([path, object]) => {
    const type = typeOf(object);
    return type === undefined ? [] : [...objectErrors(tree, path, type), ...idErrors(path, object)];
  });
  const ids = Object.values(tree).map(({ attributes }) => attributes["object_id"]?.values[0]);
  const given = ids.filter((id) => id !== undefined);
  if (new Set(given).size !== given.length) errors.push("two objects have one object_id");
  if (typeOf(tree["/"]) !== "NWBFile") errors.push("/ is not an NWBFile");
  return errors;
}

function idErrors(path: string, { attributes }: Hdf5Object): string[] {
  const id = String(attributes["object_id"]?.values[0]);
  const isUuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
  return isUuid.test(id) ? [] : [`${path}: object_id ${id} is no UUID`];
}

function objectErrors(tree: Tree, path: string, type: string): string[] {
  const required = requirements[type];
  if (!required) return [`${path}: ${type} is not a known type`];
  const { namespace, base, attributes = {}, datasets = {}, groups = [], data } = required;
  const object = tree[path]!;
  const errors: string[] = [];
  const expect = (holds: boolean | undefined, text: string) => {
    if (!holds) errors.push(`${path} (${type}): ${text}`);
  };
  // Of a type's own name; what a base type demands is told under that name.
  if (typeOf(object) === type) {
    expect(object.attributes["namespace"]?.values[0] === namespace, `not of ${namespace}`);
  }
  for (const [name, kind] of Object.entries(attributes)) {
    const value = object.attributes[name];
    expect(value && isKind[kind](value), `attribute ${name} is not ${kind}`);
  }
  for (const [name, kind] of Object.entries(datasets)) {
    const value = tree[join(path, name)]?.data;
    expect(value && isKind[kind](value), `dataset ${name} is not ${kind}`);
  }
  for (const name of groups) {
    expect(tree[join(path, name)]?.kind === "group", `group ${name} is missing`);
  }
  if (data) expect(object.data && isKind[data](object.data), `it does not hold ${data}`);
  if (type === "TimeSeries") errors.push(...seriesErrors(tree, path));
  if (type === "DynamicTable") errors.push(...tableErrors(tree, path));
  return base ? [...errors, ...objectErrors(tree, path, base)] : errors;
}

function seriesErrors(tree: Tree, path: string): string[] {
  const isThere = (name: string) => tree[join(path, name)] !== undefined;
  const times = ["timestamps", "starting_time"].filter(isThere);
  if (times.length !== 1) return [`${path}: neither or both of timestamps and starting_time`];
  const written = Object.entries(dataRequirements).filter(([name]) => isThere(name));
  const errors = written.flatMap(([name, attributes]) =>
    Object.entries(attributes).flatMap(([attribute, kind]) => {
      const value = tree[join(path, name)]?.attributes[attribute];
      return value && isKind[kind](value) ? [] : [`${path}/${name}: ${attribute} is not ${kind}`];
    }),
  );
  const [data, time] = ["data", times[0]!].map((name) => tree[join(path, name)]!.data!);
  if (time!.type !== "float64") errors.push(`${path}: ${times[0]} is not float64`);
  if (data!.shape[0] === 0) errors.push(`${path}: it has no data`);
  const length = times[0] === "timestamps" ? data!.shape[0] : undefined;
  const fits = time!.shape[0] === length;
  return fits ? errors : [...errors, `${path}: data and ${times[0]} are not of one length`];
}

/** Columns must be there, of the table's length or divided by an index of that length. */
function tableErrors(tree: Tree, path: string): string[] {
  const rows = tree[join(path, "id")]?.data?.shape[0];
  const names = (tree[path]!.attributes["colnames"]?.values ?? []) as string[];
  const errors = names.flatMap((name) => columnErrors(tree, path, name, rows));
  const columns = Object.keys(tree)
    .filter((one) => one.startsWith(`${path}/`))
    .map((one) => one.slice(path.length + 1))
    .filter((name) => name !== "id" && !name.endsWith("_index"));
  const unnamed = columns.filter((name) => !names.includes(name));
  return [...errors, ...unnamed.map((name) => `${path}: ${name} is not among its colnames`)];
}

function columnErrors(tree: Tree, path: string, name: string, rows: number | undefined): string[] {
  const column = tree[join(path, name)];
  if (typeOf(column) !== "VectorData") return [`${path}: ${name} is no column`];
  const index = tree[join(path, `${name}_index`)];
  if (!index) return column!.data!.shape[0] === rows ? [] : [`${path}/${name}: not ${rows} rows`];
  const ends = index.data!.values as number[];
  const isAscending = ends.every((end, k) => end >= (ends[k - 1] ?? 0));
  const errors: string[] = [];
  if (typeOf(index) !== "VectorIndex") errors.push(`${path}/${name}_index is no VectorIndex`);
  if (index.attributes["target"]?.values[0] !== join(path, name)) errors.push(`${name}: target`);
  if (!isAscending || ends.at(-1) !== column!.data!.shape[0]) errors.push(`${name}: its ends`);
  if (ends.length !== rows) errors.push(`${path}/${name}_index: not ${rows} rows`);
  return errors;
}
