import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { exportRun } from "../../src/runs/export.ts";
import { sampleOf, smallNetwork, smallSpikes } from "../recording/small-run.ts";
import { type Hdf5Object, type Hdf5TextType, hdf5TextTypes, hdf5Tree } from "./hdf5-tree.ts";
import { nwbErrors } from "./nwb-requirements.ts";
import { pythonWith } from "./python.ts";
import { exportFolder, smallExcerpt, smallRun } from "./recorded-excerpt.ts";

const folder = exportFolder();
const python = pythonWith("h5py");
let tree: Record<string, Hdf5Object>;

beforeAll(async () => {
  const path = join(folder, "run.nwb");
  const files = await exportRun(smallExcerpt(), { format: "nwb", path });
  expect(files).toEqual([path]);
  if (python) tree = hdf5Tree(python, path);
});

const values = (path: string) => tree[path]!.data!.values;
const attribute = (path: string, name: string) => tree[path]!.attributes[name]!.values;

describe.skipIf(!python)("an NWB file", () => {
  it("is as the specification demands", () => {
    expect(nwbErrors(tree)).toEqual([]);
  });

  it("is found out where it is not", () => {
    const without = (path: string) =>
      Object.fromEntries(Object.entries(tree).filter(([one]) => one !== path));
    const changed = (path: string, attributes: Hdf5Object["attributes"]) => ({
      ...tree,
      [path]: { ...tree[path]!, attributes: { ...tree[path]!.attributes, ...attributes } },
    });
    const text = (value: string) => ({ type: "text", shape: [], values: [value] });
    const broken: [Record<string, Hdf5Object>, RegExp][] = [
      [without("/identifier"), /dataset identifier is not text/],
      [without("/stimulus/templates"), /group stimulus\/templates is missing/],
      [without("/units/id"), /dataset id is not integers/],
      [without("/units/layer"), /layer is no column/],
      [without("/units/spike_times"), /spike_times/],
      [without("/processing/cells/alive/starting_time"), /neither or both of timestamps/],
      [without("/processing/network/plastic_gain/timestamps"), /neither or both of timestamps/],
      [changed("/processing/cells/alive/starting_time", { rate: text("0") }), /rate is not rate/],
      [changed("/units", { neurodata_type: text("Unit") }), /Unit is not a known type/],
      [changed("/units", { namespace: text("hdmf-common") }), /not of core/],
      [changed("/units/layer", { object_id: text("7") }), /object_id 7 is no UUID/],
      [changed("/processing/cells/alive/data", { unit: { ...text(""), shape: [1] } }), /unit/],
    ];
    for (const [one, message] of broken) expect(nwbErrors(one).join("\n")).toMatch(message);
  });

  it("says what was simulated, when, and by which program", () => {
    expect(attribute("/", "nwb_version")).toEqual(["2.7.0"]);
    expect(values("/session_start_time")).toEqual(["2024-05-06T07:08:09.000Z"]);
    expect(values("/timestamps_reference_time")).toEqual(["2024-05-06T07:08:09.000Z"]);
    expect(values("/general/related_publications")).toEqual([
      "doi:10.1007/978-3-642-37213-1_3",
      "doi:10.48550/arXiv.1304.2266",
    ]);
    expect(tree["/general/subject"]).toBeUndefined();
    expect(values("/identifier")[0]).toContain(smallRun.manifest.network.hash);
    expect(values("/session_description")[0]).toContain("6 cells, 0 to 20 s");
    expect(values("/general/experiment_description")[0]).toContain("isocortex 1.2.3");
    const parameters = "/processing/network/parameters";
    const names = values(`${parameters}/parameter`) as string[];
    const found = names.map((name, k) => [
      name,
      JSON.parse(String(values(`${parameters}/value`)[k])),
    ]);
    const recorded = Object.entries(smallRun.manifest.parameters);
    expect(found).toEqual(recorded.map(([name, { value }]) => [name, value]));
  });

  it("holds each cell's spikes, in seconds", () => {
    const ends = values("/units/spike_times_index") as number[];
    const times = values("/units/spike_times") as number[];
    ends.forEach((end, cell) => {
      const expected = [...smallSpikes.timesMs].filter((_, k) => smallSpikes.cells[k] === cell);
      expect(times.slice(ends[cell - 1] ?? 0, end)).toEqual(
        expected.map((timeMs) => timeMs / 1000),
      );
    });
    expect(values("/units/cell_class")).toEqual(["E", "E", "E", "FS", "FS", "LTS"]);
    expect(values("/units/y_um")).toEqual([...smallNetwork.yUm]);
    // Cells 0 and 4 die at 10 s.
    expect(values("/units/obs_intervals")).toEqual([0, 10, 0, 20, 0, 20, 0, 20, 0, 10, 0, 20]);
    expect(tree["/units/obs_intervals"]!.data!.shape).toEqual([6, 2]);
  });

  it("holds samples and gains as time series", () => {
    const sensed = "/processing/cells/sensed_rate";
    const expected = [1, 2].flatMap((k) => [...sampleOf(6, k).sensedRateKhz]);
    expect(values(`${sensed}/data`)).toEqual(expected);
    expect(tree[`${sensed}/data`]!.data!.shape).toEqual([2, 6]);
    expect(values(`${sensed}/starting_time`)).toEqual([5]);
    expect(attribute(`${sensed}/starting_time`, "rate")).toEqual([0.2]);
    // Scaling has set no target.
    expect(values("/processing/cells/target_rate/data")).toEqual(Array(12).fill("nan"));
    expect([
      attribute(`${sensed}/data`, "unit"),
      attribute(`${sensed}/data`, "conversion"),
    ]).toEqual([["Hz"], [1000]]);
    const gains = "/processing/network/plastic_gain";
    expect(values(`${gains}/data`)).toEqual([...smallRun.gains(0), ...smallRun.gains(1)]);
    expect(values(`${gains}/timestamps`)).toEqual([10, 20]);
  });

  it("holds phases, trials, events and synapses", () => {
    expect(values("/intervals/epochs/phase")).toEqual(["baseline"]);
    expect(values("/intervals/epochs/stop_time")).toEqual([20]);
    expect(values("/intervals/epochs/tags")).toEqual(["baseline"]);
    expect(values("/intervals/epochs/tags_index")).toEqual([1]);
    expect(values("/intervals/trials/input")).toEqual(["unique"]);
    expect(values("/intervals/trials/stop_time")).toEqual([20]);
    const events = values("/processing/network/events/data").map((one) => JSON.parse(String(one)));
    expect(events[2]).toMatchObject({ kind: "deletion", cells: [4, 0] });
    expect(values("/processing/network/events/timestamps")).toEqual([0, 5, 10]);
    const synapses = "/processing/network/synapses";
    expect(values(`${synapses}/postsynaptic`)).toEqual([...smallNetwork.postsynaptic]);
    expect(values(`${synapses}/fast_weight_mv`)).toEqual([...smallNetwork.fastWeightMv]);
  });
});

it.skipIf(!python)(
  "an excerpt without spikes, samples and events is a valid file without their series",
  async () => {
    const path = join(folder, "empty.nwb");
    await exportRun(smallExcerpt({ startMs: 3, endMs: 3.01 }), { format: "nwb", path });
    const empty = hdf5Tree(python!, path);
    expect(nwbErrors(empty)).toEqual([]);
    expect(empty["/units/spike_times"]!.data!.shape).toEqual([0]);
    expect(empty["/processing/cells"]).toBeUndefined();
    expect(Object.keys(empty).filter((path) => /(plastic_gain|events)$/.test(path))).toEqual([]);
    // The trial that is under way goes on through it.
    const trials = (name: string) => empty[`/intervals/trials/${name}`]!.data!.values;
    expect([trials("start_time"), trials("stop_time")]).toEqual([[0.003], [3.01 / 1000]]);
  },
);

it.skipIf(!python)("who simulated, where, and for what is in the file as given", async () => {
  const path = join(folder, "described.nwb");
  const metadata = {
    subject: { subject_id: "column-1", species: "Rattus norvegicus", sex: "U", age: "P90D" },
    experimenters: ["Cajal, Santiago", "Müller, Eva"],
    institution: "Instituto Cajal",
  };
  await exportRun(smallExcerpt(), { format: "nwb", metadata, path });
  const described = hdf5Tree(python!, path);
  expect(nwbErrors(described)).toEqual([]);
  const general = (name: string) => described[`/general/${name}`]!.data!.values;
  expect(general("experimenter")).toEqual(metadata.experimenters);
  expect(general("institution")).toEqual([metadata.institution]);
  for (const [name, text] of Object.entries(metadata.subject)) {
    expect(general(`subject/${name}`)).toEqual([text]);
  }
  // HDMF makes texts of datasets in UTF-8, and bytes of those in ASCII.
  const types = hdf5TextTypes(python!, path);
  const [attributes, datasets] = [
    types.filter(isAttribute),
    types.filter((one) => !isAttribute(one)),
  ];
  expect(new Set(datasets.map(({ characters }) => characters))).toEqual(new Set(["UTF8"]));
  const others = attributes.filter(({ padding }) => padding !== "NULLTERM");
  expect(others.filter(({ characters }) => characters !== "UTF8")).toEqual([]);
  expect(datasets.map(({ of }) => of)).toContain("/intervals/epochs/phase");
  // neo opens no file with keywords.
  expect(described).not.toHaveProperty("/general/keywords");
});

it.skipIf(!python)("a cell that died before a stretch was not observed in it", async () => {
  const path = join(folder, "late.nwb");
  await exportRun(smallExcerpt({ startMs: 15_000 }), { format: "nwb", path });
  const late = hdf5Tree(python!, path);
  expect(nwbErrors(late)).toEqual([]);
  // Cells 0 and 4 died at 10 s.
  expect(late["/units/obs_intervals_index"]!.data!.values).toEqual([0, 1, 2, 3, 3, 4]);
  expect(late["/units/obs_intervals"]!.data!.values).toEqual(Array(4).fill([15, 20]).flat());
});

const isAttribute = ({ of }: Hdf5TextType): boolean => of.includes("@");
