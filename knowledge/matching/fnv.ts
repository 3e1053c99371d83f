/** FNV-1a in 32 bits with a sign, over the UTF-16 units of a text: where it begins, and one step. */
export const FNV_START = 0x811c9dc5 | 0;

export function fnv(hash: number, unit: number): number {
  return Math.imul(hash ^ unit, 0x01000193);
}

/** A place among so many (a power of two) for a hash: its low bits alone would differ too little. */
export function placeOf(hash: number, size: number): number {
  return (hash ^ (hash >>> 15)) & (size - 1);
}
