import { readFileSync } from "node:fs";
import { it } from "vitest";
import { slepianTapers } from "../../src/analysis/slepian-tapers.ts";
import { PowerTransform } from "../../src/analysis/power-transform.ts";
import { populations } from "../../src/model/populations.ts";
import { referenceSpikes } from "../recording/reference-spikes.ts";
it("x", () => {
  const reference = JSON.parse(readFileSync(new URL("../reference/spectrum.json", import.meta.url), "utf8"));
  const isE = populations.flatMap(({ cellClass, cellCount }) => Array<boolean>(cellCount).fill(cellClass === "E"));
  const { timesMs, cells } = referenceSpikes("fast-stdp-60s");
  const x = new Float64Array(reference.n);
  cells.forEach((c, k) => { if (isE[c]) x[Math.floor(timesMs[k]! / 5)]! += 1; });
  const m = x.reduce((a, b) => a + b, 0) / x.length;
  const c = x.map((v) => v - m);
  const s2 = c.reduce((a, b) => a + b * b, 0) / c.length;
  const { tapers, concentrations: l } = slepianTapers(reference.n);
  const pt = new PowerTransform(reference.n);
  const S = tapers.map((t) => pt.power(t.map((v, i) => v * c[i]!)));
  for (const noiseFactor of [0.25, 0.5, 0.7, 1, 2, 4])
    for (const its of [1, 2, 3, 5, 10, 100]) {
      const errs: number[] = [];
      for (let j = 0; j <= 300; j++) {
        const f = 20 * j;
        const v = S.map((s) => s[f]!);
        let d = (v[0]! * l[0]! + v[1]! * l[1]!) / (l[0]! + l[1]!);
        for (let k = 0; k < its; k++) {
          let a = 0, b = 0;
          for (let q = 0; q < 7; q++) { const w = l[q]! * (d / (l[q]! * d + (1 - l[q]!) * s2 * noiseFactor)) ** 2; a += w * v[q]!; b += w; }
          d = a / b;
        }
        const one = (d / 200) * (f === 0 || f === 6000 ? 1 : 2);
        errs.push(Math.abs(one / reference.adaptivePsdEvery20th[j] - 1));
      }
      const so = [...errs].sort((a, b) => a - b);
      process.stderr.write("ZZ "+[noiseFactor, its, so[150]!.toExponential(2), so[285]!.toExponential(2), so[300]!.toExponential(2), errs.indexOf(so[300]!)].join(" ")+"\n");
    }
});
