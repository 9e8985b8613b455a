// @ts-check
/** Names for things made on the phone: UUIDv7, in order even when the clock stands still or steps back. */

let last = 0;
let turn = 0;

/** @param {number} n @param {number} digits */
const hex = (n, digits) => n.toString(16).padStart(digits, "0");

/**
 * A UUIDv7, hyphenated and in lower case. Within one millisecond the twelve bits after the version
 * count up, so that ids made here sort as they were made.
 * @param {number} [now] milliseconds since 1970
 */
export function uuid7(now = Date.now()) {
  const random = crypto.getRandomValues(new Uint8Array(10));
  if (now > last) [last, turn] = [now, ((random[0] & 7) << 8) | random[1]];
  else if (++turn > 0xfff) [last, turn] = [last + 1, 0];
  const time = hex(last, 12);
  const tail = [...random.slice(2)].map((byte) => hex(byte, 2));
  tail[0] = hex((random[2] & 0x3f) | 0x80, 2);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(turn, 3)}-${tail[0]}${tail[1]}-${tail.slice(2).join("")}`;
}
