import { expect, test } from "vitest";
import { RunLocationError } from "../../src/recording/errors.ts";
import { eachPotential } from "../../src/recording/potentials.ts";
import { runFiles } from "../../src/recording/run-files.ts";
import { RunReader } from "../../src/recording/run-reader.ts";
import type { RunStore } from "../../src/recording/run-store.ts";
import { RunWriter } from "../../src/recording/run-writer.ts";
import { filesIn } from "./files-in.ts";
import {
  appendReadings,
  description,
  potentialsOf,
  progressAt,
  recordSmallRun,
  sampleOf,
  smallEvents,
  smallNetwork,
  smallReadings,
  smallSpikes,
} from "./small-run.ts";

/** What a record must do, wherever it is kept. */
export function testRecord(create: () => RunStore): void {
  test("a recorded run is read as it was", () => {
    const store = create();
    recordSmallRun(store);
    const reader = new RunReader(store);
    expect(reader.damage).toEqual([]);
    expect(reader.verify()).toEqual([]);
    expect(reader.spikeCount).toBe(20_000);
    expect(reader.spikes()).toEqual(smallSpikes);
    expect(reader.sampleTimesMs).toEqual(Float64Array.of(5000, 10_000));
    expect(reader.sample(1)).toEqual(sampleOf(6, 2));
    expect(reader.samples().scaleFactor).toEqual([1, 2].map((k) => sampleOf(6, k).scaleFactor));
    expect(reader.gainTimesMs).toEqual(Float64Array.of(10_000, 20_000));
    expect(reader.gains(0)).toEqual(Float64Array.of(2, 1.5, 1.25, 1));
    const { potentials } = reader;
    expect(potentials?.cells).toEqual([1, 4]);
    expect(potentials?.timesMs).toHaveLength(smallReadings);
    const range = { startMs: 8684, endMs: 8717 };
    const readings = [1023, 1024, 1025, 1026, 1027].map(potentialsOf);
    expect(potentials?.readings(range)).toEqual({
      timesMs: Float64Array.of(8684, 8692, 8700, 8708, 8716),
      ...eachPotential((name) => Float64Array.from(readings.flatMap((one) => [...one[name]]))),
    });
    expect(reader.events()).toEqual(smallEvents);
    const { xUm, yUm, zUm } = smallNetwork;
    expect(reader.positions()).toEqual({ xUm, yUm, zUm });
    const { postsynaptic, delayMs, distal, fastWeightMv, slowWeightMv } = smallNetwork;
    expect(reader.synapses()).toEqual({
      presynaptic: Uint32Array.of(0, 0, 2, 4),
      postsynaptic,
      delayMs,
      distal,
      fastWeightMv,
      slowWeightMv,
    });
  });

  test("a resumed run has the files of one that was never interrupted", () => {
    const whole = create();
    recordSmallRun(whole);
    const { timesMs, cells } = smallSpikes;

    const store = create();
    const first = RunWriter.create(store, description, smallNetwork);
    first.appendSpikes(timesMs, cells, 12_000);
    first.appendSample(5000, sampleOf(6, 1));
    first.appendGains(10_000, Float64Array.of(2, 1.5, 1.25, 1));
    first.recordEvent(smallEvents[0]!);
    appendReadings(first, 0, 1500);
    const { position } = first;
    appendReadings(first, 1500, 2100);
    first.appendSpikes(timesMs.subarray(12_000), cells.subarray(12_000), 6000);
    for (const event of smallEvents.slice(1)) first.recordEvent(event);
    first.appendSample(10_000, sampleOf(6, 2));
    first.finish("interrupted", progressAt(18_000));
    expect(new RunReader(store).spikeCount).toBe(18_000);

    const second = RunWriter.resume(store, position);
    expect(second.manifest.status).toBe("running");
    second.appendSpikes(timesMs.subarray(12_000), cells.subarray(12_000), 8000);
    appendReadings(second, 1500, smallReadings);
    second.appendSample(10_000, sampleOf(6, 2));
    second.appendGains(20_000, Float64Array.of(3, 1.5, 1.25, 1));
    for (const event of smallEvents.slice(1)) second.recordEvent(event);
    second.finish("complete", progressAt(20_000));
    for (const path of filesIn(whole)) expect(store.read(path)).toEqual(whole.read(path));
  });

  test("a run in the making can be read", () => {
    const store = create();
    const writer = RunWriter.create(store, description, smallNetwork);
    expect(new RunReader(store).spikes().cells).toHaveLength(0);
    writer.appendSpikes(smallSpikes.timesMs, smallSpikes.cells, 9000);
    // Not flushed yet: the manifest still says 0 spikes, the file has a block of them.
    const reader = new RunReader(store);
    expect(reader.manifest.status).toBe("running");
    expect(reader.spikes().timesMs).toEqual(smallSpikes.timesMs.subarray(0, 8192));
    writer.flush(progressAt(9000));
    expect(new RunReader(store).manifest.counts.spikes).toBe(8192);
  });

  test("a second run is not recorded over a first", () => {
    const store = create();
    recordSmallRun(store);
    const manifest = store.read(runFiles.manifest);
    expect(() => RunWriter.create(store, description, smallNetwork)).toThrow(RunLocationError);
    expect(store.read(runFiles.manifest)).toEqual(manifest);
    expect(new RunReader(store).verify()).toEqual([]);
  });

  test("where there is no run, that is said", () => {
    expect(() => new RunReader(create())).toThrow(RunLocationError);
  });
}
