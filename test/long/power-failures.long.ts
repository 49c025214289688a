import { beforeAll, expect, it } from "vitest";
import { crashed, crashedAgain, fates, uninterrupted } from "../simulation/power-failures.ts";
import { recordOf, resumeTinyRun } from "../simulation/tiny-run.ts";

let changes: number;
let expected: ReturnType<typeof recordOf>;

beforeAll(async () => {
  ({ changes, record: expected } = await uninterrupted());
});

it.each(fates)("power failures at every change, what was not synced being %s", async (fate) => {
  for (let change = 1; change <= changes; change++) {
    const disk = await crashed(change, fate);
    await resumeTinyRun(disk);
    expect(recordOf(disk), `change ${change}`).toEqual(expected);
  }
  console.log(`${changes} power failures, ${fate}`);
});

it("a second power failure at every change of a resumption", async () => {
  let failures = 0;
  for (let change = 1; change <= changes; change += 9) {
    for (let again = 1; again <= changes; again += 2) {
      const fate = fates[failures++ % fates.length]!;
      const twice = await crashedAgain(await crashed(change, fate), again, fate);
      await resumeTinyRun(twice);
      expect(recordOf(twice), `changes ${change}, ${again}`).toEqual(expected);
    }
  }
  console.log(`${failures} pairs of power failures`);
});
