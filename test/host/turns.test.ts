import { expect, it } from "vitest";
import { inTurns } from "../../src/host/turns.ts";

/** Work in steps that take so long each, ms. */
function* work(steps: number, stepMs: number): Generator<number, string> {
  for (let step = 0; step < steps; step++) {
    const until = performance.now() + stepMs;
    while (performance.now() < until);
    yield step;
  }
  return "done";
}

it("others have their turn while steps are done, and work stops when they ask for it", async () => {
  const stop = new AbortController();
  const seen: number[] = [];
  setImmediate(() => stop.abort());
  await expect(inTurns(work(1000, 2), stop.signal, (step) => seen.push(step))).rejects.toThrow(
    /abort/,
  );
  expect(seen.length).toBeLessThan(1000);
  expect(seen).toEqual([...seen.keys()]);
});

it("short steps share a turn", async () => {
  let turns = 0;
  const count = () => {
    turns++;
    counting = setImmediate(count);
  };
  let counting = setImmediate(count);
  expect(await inTurns(work(1000, 0), new AbortController().signal)).toBe("done");
  clearImmediate(counting);
  expect(turns).toBeLessThan(500);
});
