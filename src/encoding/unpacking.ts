import {
  clz,
  type f64,
  i8x16,
  i32,
  i64,
  load,
  max,
  reinterpret,
  store,
  u32,
  usize,
  v128,
} from "../rules/prelude.ts";
import { CELLS, LARGEST_CELL, PADDING, PAYLOAD, REVERSED, TIMES } from "./unpacking-memory.ts";

/*
 * Unpacks a block of spikes (encoding/spike-codec.ts), a module of its own. Fields are read by
 * their first bit, the highest of a byte first: of a payload in reverse, the eight bytes of a word
 * are in this machine's order.
 */

/** Bits of a word of 64 that are there whatever bit of a byte it begins at. */
const WORD_BITS: i32 = 57;

/** Turns the payload around; the address after its first byte. */
function reverse(bytes: i32): usize {
  const end = REVERSED + PADDING + ((usize(bytes) + 15) & ~15);
  for (let at: usize = 0; at < usize(bytes); at += 16) {
    const some = v128.load(PAYLOAD + at);
    v128.store(
      end - at - 16,
      i8x16.shuffle(some, some, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0),
    );
  }
  return end;
}

/** The word of 64 bits that begins with a bit. @inline */
function wordAt(end: usize, bit: i32): i64 {
  return load<i64>(end - 8 - usize(bit >> 3)) << i64(bit & 7);
}

/**
 * Unpacks `count` spikes, the first at most that long after `firstMs`; the bit after the last, or −1
 * when the payload ends before.
 */
export function unpack(bytes: i32, count: i32, firstMs: f64, gapWidth: i32, cellWidth: i32): i32 {
  const end = reverse(bytes);
  const endBit = bytes << 3;
  const mostZeros = WORD_BITS - 1 - gapWidth - cellWidth;
  const gapBits = i64(gapWidth);
  const cellBits = i64(cellWidth);
  let pattern = reinterpret<i64>(firstMs);
  let largest: u32 = 0;
  let bit: i32 = 16;
  for (let spike: usize = 0; spike < usize(count); spike++) {
    if (bit > endBit) return -1;
    let word = wordAt(end, bit);
    let zeros = clz(word);
    if (i32(zeros) <= mostZeros) {
      // All of the spike is in the word.
      bit += i32(zeros) + 1 + gapWidth + cellWidth;
      word = (word << zeros) << 1;
      pattern += (zeros << gapBits) + (word >>> (64 - gapBits));
      word = word << gapBits;
    } else {
      let all: i64 = 0;
      while (zeros >= i64(WORD_BITS)) {
        bit += WORD_BITS;
        all += i64(WORD_BITS);
        if (bit > endBit) return -1;
        zeros = clz(wordAt(end, bit));
      }
      bit += i32(zeros) + 1;
      pattern += ((all + zeros) << gapBits) + (wordAt(end, bit) >>> (64 - gapBits));
      bit += gapWidth;
      word = wordAt(end, bit);
      bit += cellWidth;
    }
    const cell = u32(word >>> (64 - cellBits));
    store<i64>(TIMES + (spike << 3), pattern);
    store<u32>(CELLS + (spike << 2), cell);
    largest = max(largest, cell);
  }
  store<u32>(LARGEST_CELL, largest);
  return bit;
}
