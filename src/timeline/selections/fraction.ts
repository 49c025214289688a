import { AdditiveCongruentialGenerator } from "../../random/additive-congruential.ts";
import type { PartKind } from "./kind.ts";

/** A part of a group at random. */
export const fraction: PartKind = {
  form: "{ of: E4, fraction: 0.15, seed: 1 }",
  keys: ["fraction", "seed"],
  problem({ fraction: part, seed = 0 }) {
    if (!(typeof part === "number" && part > 0 && part <= 1)) {
      return `fraction ${part}: expected a number above 0, up to 1`;
    }
    const isSeed = Number.isInteger(seed) && Number(seed) >= 0 && Number(seed) <= 0xffffffff;
    return isSeed ? undefined : `seed ${seed}: expected a whole number from 0 to 4294967295`;
  },
  choose(cells, { fraction: part, seed = 0 }) {
    const generator = new AdditiveCongruentialGenerator(Number(seed));
    const left = [...cells];
    const chosen = Array.from({ length: Math.round(Number(part) * cells.length) }, () => {
      const [cell] = left.splice(Math.floor(left.length * generator.uniform()), 1);
      return cell!;
    });
    return chosen.sort((a, b) => a - b);
  },
};
