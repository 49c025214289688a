import { expect, it } from "vitest";
import { lastBeginning, readWhen } from "../../src/timeline/when.ts";

it.each([
  [{ at: ["1 s", "3 s"], for: "1 s" }, [undefined, 1000, 1000, 3000, 1000, undefined]],
  [{ from: "1 s", every: "700 ms", for: "5 ms" }, [undefined, 1000, 2400, 3100, 1000, undefined]],
  [{ from: "2 s" }, [undefined, undefined, 2000, 2000, undefined, undefined]],
])("the last beginning of %o is found at any time, in any order", (source, expected) => {
  const when = readWhen(source, [])!;
  expect([999, 1000, 2500, 3500, 1500, 0].map((timeMs) => lastBeginning(when, timeMs))).toEqual(
    expected,
  );
});
