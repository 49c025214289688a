import { describe, expect, it } from "vitest";
import { IntervalError } from "../../src/analysis/firing/interval.ts";
import { RunHistory } from "../../src/measures/history.ts";
import { type FigureRequest, figureName } from "../../src/pictures/request.ts";
import { runFigure } from "../../src/pictures/run-figures.ts";
import { MemoryStore } from "../../src/recording/memory-store.ts";
import { RunReader } from "../../src/recording/run-reader.ts";
import { recordSmallRun, smallSpikes } from "../recording/small-run.ts";

const store = new MemoryStore();
recordSmallRun(store);
const record = new RunReader(store);
const run = { label: record.manifest.label, history: new RunHistory(record) };
const draw = (request: FigureRequest) => runFigure([run], request);

const valuesOf = (table: string, column: string, figure = draw({ kind: "raster" })) => [
  ...figure.tables.find(({ name }) => name === table)!.columns.find(({ name }) => name === column)!
    .values,
];

describe("figures of a run", () => {
  it("show all that is recorded, and the run's label", () => {
    const figure = draw({ kind: "raster" });
    expect(valuesOf("spikes", "time_ms", figure)).toEqual(
      [...smallSpikes.timesMs].filter((timeMs) => timeMs < 20_000),
    );
    expect(figure.svg).toContain("a small run");
    expect(figure.caption).toContain("from 0 to 20 s");
  });

  it("have another title, or none, on request", () => {
    expect(draw({ kind: "scale", title: "mine" }).svg).toContain("mine");
    expect(draw({ kind: "scale", title: "" }).svg).not.toContain("a small run");
  });

  it("mark when scaling turned on", () => {
    expect(draw({ kind: "activity" }).caption).toContain("scaling 5 to 20 s");
  });

  it("count rates per cell that lives", () => {
    // Cells 0 and 4 of six are deleted at 10 s; 0 is one of three excitatory ones.
    const rates = valuesOf("rates", "excitatory_hz");
    const ends = valuesOf("rates", "end_ms");
    const starts = valuesOf("rates", "start_ms");
    const last = ends.length - 1;
    const spikes = smallSpikes.timesMs.reduce(
      (sum, timeMs, k) =>
        sum +
        (timeMs >= starts[last]! && timeMs < ends[last]! && smallSpikes.cells[k]! < 3 ? 1 : 0),
      0,
    );
    expect(rates[last]).toBeCloseTo(spikes / (2 * 0.001 * (ends[last]! - starts[last]!)), 9);
  });

  it("show a stretch of time, as far as it is recorded", () => {
    const figure = draw({ kind: "activity", fromMs: 6_000, toMs: 1e9 });
    expect(valuesOf("samples", "time_ms", figure)).toEqual([10_000]);
    expect(figure.caption).toContain("scaling");
  });

  it.each([
    [20_000, undefined],
    [5_000, 5_000],
    [6_000, 5_000],
  ])("need time between %s and %s ms", (fromMs, toMs) => {
    expect(() => draw({ kind: "raster", fromMs, toMs })).toThrow(IntervalError);
  });
});

describe("names of figures' files", () => {
  it.each([
    [{ kind: "raster" }, "raster"],
    [{ kind: "raster", fromMs: 500, toMs: 800_000 }, "raster-from-0.5s-to-800s"],
    [{ kind: "scale", selection: "excitatory" }, "scale-excitatory"],
    [{ kind: "scale", selection: "by-class" }, "scale"],
    [{ kind: "deaths", againstLast: true }, "deaths-against-base-line", ["base line"]],
    [{ kind: "deaths", againstLast: true }, "deaths-and-b-against-c", ["b", "c"]],
    [{ kind: "scale", averages: true, toMs: 1000 }, "scale-mean-of-3-runs-to-1s", ["b", "c"]],
    [{ kind: "activity", selection: [7, 1, 5, 6], toMs: 1000 }, "activity-cells-1_5-7-to-1s"],
  ] as const)("say what %j shows", (request, name, others: readonly string[] = []) => {
    expect(figureName(request, others)).toBe(name);
  });
});
