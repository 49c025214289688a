import { BLOCK_SPIKES, type Spikes } from "../../src/encoding/spike-codec.ts";

/** Spikes of a payload, decoded bit by bit as docs/run-format.md describes it; errors as of `decodeSpikes`. */
export function plainlyDecoded(
  payload: Uint8Array,
  count: number,
  firstMs: number,
  cellCount = Number.POSITIVE_INFINITY,
): Spikes {
  if (count > BLOCK_SPIKES) throw new RangeError(`it cannot contain ${count} spikes`);
  const endBit = 8 * payload.length;
  let at = 0;
  const bit = () => {
    const value = at < endBit ? (payload[at >>> 3]! >>> (7 - (at & 7))) & 1 : 0;
    at += 1;
    return value;
  };
  const number = (width: number) => {
    let value = 0n;
    for (let k = 0; k < width; k++) value = 2n * value + BigInt(bit());
    return value;
  };
  const [gapWidth, cellWidth] = [Number(number(8)), Number(number(8))];
  if (gapWidth > 63 || cellWidth > 32) throw new RangeError(`it does not contain ${count} spikes`);
  const timesMs = new Float64Array(count).fill(firstMs);
  const patterns = new BigUint64Array(timesMs.buffer);
  const cells = new Uint32Array(count);
  let pattern = count > 0 ? patterns[0]! : 0n;
  for (let spike = 0; spike < count; spike++) {
    let zeros = 0n;
    while (bit() === 0) {
      if (at > endBit + 64) throw new RangeError("it is too short");
      zeros += 1n;
    }
    pattern += zeros * 2n ** BigInt(gapWidth) + number(gapWidth);
    patterns[spike] = pattern;
    cells[spike] = Number(number(cellWidth));
  }
  if (at > endBit) throw new RangeError(`it does not contain ${count} spikes`);
  for (const cell of cells) {
    if (!(cell < cellCount)) throw new RangeError(`cell ${cell} exceeds the ${cellCount} cells`);
  }
  return { timesMs, cells };
}
