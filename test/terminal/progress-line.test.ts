import { describe, expect, it } from "vitest";
import { fitting, ProgressLine, runProgress } from "../../src/terminal/progress-line.ts";

const report = {
  simulatedMs: 84_049,
  durationMs: 200_000,
  wallMs: 3_000,
  speed: 28.31,
  remainingMs: 4_140,
  rateEHz: 0.6149,
  rateIHz: 5.02,
};

/** A stream that keeps what is written to it. */
function recordingStream(isTTY: boolean, columns?: number) {
  const written: string[] = [];
  const stream = { isTTY, columns, write: (text: string) => written.push(text) };
  return { written, stream: stream as unknown as NodeJS.WriteStream };
}

describe("the progress of a run", () => {
  it("tells simulated time, speed, time left, both rates and wall time, in this order", () => {
    expect(runProgress(report)).toEqual([
      " 42 %   84 of 200 s",
      "28.3 × real time",
      "0:04 left",
      "E 0.61 Hz  I 5.02 Hz",
      "0:03 so far",
    ]);
  });

  it("keeps a length while numbers grow, so that nothing jumps", () => {
    const first = runProgress({ ...report, simulatedMs: 900 })[0]!;
    expect(first).toBe("  0 %    1 of 200 s");
    expect(runProgress({ ...report, simulatedMs: 200_000 })[0]).toHaveLength(first.length);
  });

  it("shows tenths of a second where the run's length has them", () => {
    expect(runProgress({ ...report, simulatedMs: 450, durationMs: 2_500 })[0]).toBe(
      " 18 %  0.5 of 2.5 s",
    );
  });
});

describe("fitting parts into a line", () => {
  it("takes as many as there is room for, never passing one over", () => {
    const parts = ["aaaa", "bb", "cccccccc", "d"];
    expect(fitting(parts, 80)).toBe("aaaa  bb  cccccccc  d");
    expect(fitting(parts, 18)).toBe("aaaa  bb  cccccccc");
    expect(fitting(parts, 17)).toBe("aaaa  bb");
    expect(fitting(parts, 3)).toBe("aaa");
  });
});

describe("the progress line", () => {
  it("is redrawn in place on a terminal, within its width, and wiped at the end", () => {
    const { written, stream } = recordingStream(true, 12);
    const line = new ProgressLine({ stream, now: () => 0 });
    line.show(["one", "two", "three"]);
    line.clear();
    line.clear();
    expect(written).toEqual(["\rone  two\x1b[K", "\r\x1b[K"]);
  });

  it("follows the terminal's width", () => {
    const { written, stream } = recordingStream(true, 12);
    const line = new ProgressLine({ stream, now: () => 0 });
    (stream as { columns: number }).columns = 5;
    line.show(["one", "two"]);
    expect(written).toEqual(["\rone\x1b[K"]);
  });

  it("is a plain line a minute elsewhere", () => {
    const { written, stream } = recordingStream(false);
    let now = 0;
    const line = new ProgressLine({ stream, now: () => now });
    for (now = 0; now <= 180_000; now += 1000) line.show([`at ${now / 1000}`, "E 1 Hz"]);
    line.clear();
    expect(written).toEqual(["at 60  E 1 Hz\n", "at 120  E 1 Hz\n", "at 180  E 1 Hz\n"]);
  });

  it("gives way to notes, which stay", () => {
    const { written, stream } = recordingStream(true);
    const line = new ProgressLine({ stream, now: () => 0 });
    line.show(["working"]);
    line.note("look");
    line.clear();
    expect(written).toEqual(["\rworking\x1b[K", "\r\x1b[K", "look\n"]);
  });

  it("is not shown to those who want quiet, but notes are", () => {
    const { written, stream } = recordingStream(true);
    const line = new ProgressLine({ quiet: true, stream });
    line.show(["working"]);
    line.note("look");
    expect(written).toEqual(["look\n"]);
  });
});
