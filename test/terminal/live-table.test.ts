import { describe, expect, it } from "vitest";
import { LiveTable } from "../../src/terminal/live-table.ts";

/** A stream that keeps what is written to it. */
function recordingStream(isTTY: boolean, columns = 80) {
  const written: string[] = [];
  const stream = { isTTY, columns, write: (text: string) => written.push(text) };
  return { written, stream: stream as unknown as NodeJS.WriteStream };
}

const minute = 60_000;

describe("a live table", () => {
  it("is redrawn in place on a terminal, within its width, and wiped at the end", () => {
    const { written, stream } = recordingStream(true, 12);
    const table = new LiveTable({ stream });
    table.show(
      ["50 %", "2:00 left"],
      [
        ["one", "12 Hz"],
        ["another", "0.6 Hz"],
      ],
    );
    expect(written.splice(0).join("")).toBe("50 %\none  12 Hz\nanother\n");
    table.show(["60 %"], [["one"]]);
    expect(written.splice(0).join("")).toBe("\x1b[3A\x1b[J60 %\none\n");
    table.note("a note");
    expect(written.splice(0).join("")).toBe("\x1b[2A\x1b[Ja note\n");
    table.clear();
    expect(written).toEqual([]);
  });

  it("is its first line once a minute elsewhere", () => {
    const { written, stream } = recordingStream(false);
    let now = 0;
    const table = new LiveTable({ stream, now: () => now });
    table.show(["1 %", "soon"], [["one"]]);
    now = minute;
    table.show(["2 %", "soon"], [["one"]]);
    table.show(["3 %", "soon"], [["one"]]);
    table.clear();
    expect(written).toEqual(["2 %  soon\n"]);
  });

  it("shows nothing but notes when it is to be quiet", () => {
    const { written, stream } = recordingStream(true);
    const table = new LiveTable({ stream, quiet: true });
    table.show(["1 %"], []);
    table.note("failed");
    table.clear();
    expect(written).toEqual(["failed\n"]);
  });
});
