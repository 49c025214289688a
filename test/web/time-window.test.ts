import { afterEach, describe, expect, it } from "vitest";
import { axisTexts, clockText, leastWholeMs, shownWindow } from "../../src/web/page/time-window.ts";

describe("the time that is shown", () => {
  const usualMs = leastWholeMs.value;
  afterEach(() => {
    leastWholeMs.value = usualMs;
  });

  it("is exactly that of a record that is complete, and grows by steps beyond it", () => {
    leastWholeMs.value = 7300;
    expect(shownWindow(7300, 7300)).toEqual({ lengthMs: 7300, endMs: 7300 });
    expect(shownWindow(1000, 7300)).toEqual({ lengthMs: 7300, endMs: 7300 });
    expect(shownWindow(7310, 7310).lengthMs).toBe(10_000);
    expect(shownWindow(11_000, 11_000).lengthMs).toBe(20_000);
  });

  it("has numbers that differ on its axis, however short it is", () => {
    expect(axisTexts([12.3, 12.3005, null], 0.0005)).toEqual(["12.3000", "12.3005", ""]);
    expect(axisTexts([0, 20], 20)).toEqual(["0", "20"]);
  });

  it("is written with the unit in which it can be read", () => {
    const texts = [0, 1, 40, 100, 7300, 65_000, 3_727_000].map(clockText);
    expect(texts).toEqual(["0 s", "1 ms", "40 ms", "0.1 s", "7.3 s", "1:05", "1:02:07"]);
  });
});
