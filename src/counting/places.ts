import { i32, i32At, type i32s, u32 } from "../rules/prelude.ts";

/** Place of a cell among those that count; −1 of others. @inline */
export function placeOf(cell: u32, places: i32s, placeCount: i32): i32 {
  return cell < u32(placeCount) ? i32At(places, i32(cell)) : -1;
}
