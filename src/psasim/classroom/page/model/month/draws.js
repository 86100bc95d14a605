// Numbers that are a function of what they are for, as psasim/month/draws.py: SplitMix64 on a key
// and a counter.  A 64-bit word is two of 32 bits, since BigInt is twenty times slower.

import { normalQuantile } from "../mechanisms/normal.js";

const STEP = [0x9e3779b9, 0x7f4a7c15]; // high, low
const MOST_MONTHS = 4096; // a world has numbers for
let high = 0, low = 0; // the word at hand

export const wordInHand = {
  get high() { return high >>> 0; },
  get low() { return low >>> 0; },
};

// Takes up a word.
export function takeWord(h, l) {
  high = h | 0;
  low = l | 0;
}

// High word of a product of two words of 32 bits.
function productHigh(a, b) {
  const a0 = a & 0xffff, a1 = a >>> 16, b0 = b & 0xffff, b1 = b >>> 16;
  const middle = a1 * b0 + ((a0 * b0) >>> 16);
  const other = a0 * b1 + (middle & 0xffff);
  return (a1 * b1 + (middle - (middle & 0xffff)) / 65536 + (other - (other & 0xffff)) / 65536) | 0;
}

// Multiplies the word at hand, modulo 2^64.
export function multiplyWord(h, l) {
  high = (productHigh(low, l) + Math.imul(high, l) + Math.imul(low, h)) | 0;
  low = Math.imul(low, l);
}

// Adds to the word at hand, modulo 2^64.
export function addWord(h, l) {
  const sum = (low >>> 0) + (l >>> 0);
  low = sum | 0;
  high = (high + h + (sum > 0xffffffff ? 1 : 0)) | 0;
}

// Every bit of the word at hand comes to depend on every bit.
export function mixWord() {
  low ^= (low >>> 30) | (high << 2);
  high ^= high >>> 30;
  multiplyWord(0xbf58476d, 0x1ce4e5b9);
  low ^= (low >>> 27) | (high << 5);
  high ^= high >>> 27;
  multiplyWord(0x94d049bb, 0x133111eb);
  low ^= (low >>> 31) | (high << 1);
  high ^= high >>> 31;
}

// Adds STEP to the word at hand.
export function stepWord() {
  addWord(STEP[0], STEP[1]);
}

// Takes up number * STEP, for a whole number of 0 or more.
export function takeSteps(number) {
  takeWord(Math.floor(number / 4294967296), number % 4294967296);
  multiplyWord(STEP[0], STEP[1]);
}

function uniform() {
  const top = high >>> 12, bottom = ((high << 20) | (low >>> 12)) >>> 0;
  return (top * 4294967296 + bottom + 0.5) * 2.220446049250313e-16; // 2^-52
}

// What a seed, a whole number of 0 or more (a BigInt beyond 2^53), adds to keys.
export function seedWord(seed) {
  const bits = BigInt.asUintN(64, BigInt(seed));
  takeWord(Number(bits >> 32n), Number(bits & 0xffffffffn));
  stepWord();
  mixWord();
  return [high, low];
}

// Draws by month, entity and world, (months, entities, worlds) as one array.
//
// hashes: of the entities, 16 hexadecimal digits each; normal: whether they are standard normals
// rather than uniform in (0, 1); first: number of the first of `count` worlds.
export function draw(seed, hashes, normal, first, count, months) {
  const values = new Float64Array(months * hashes.length * count);
  const [seedHigh, seedLow] = seedWord(seed);
  const stride = hashes.length * count;
  for (let e = 0; e < hashes.length; e++) {
    takeWord(parseInt(hashes[e].slice(0, 8), 16), parseInt(hashes[e].slice(8), 16));
    addWord(seedHigh, seedLow);
    mixWord();
    const keyHigh = high, keyLow = low;
    for (let w = 0; w < count; w++) {
      takeSteps((first + w) * MOST_MONTHS);
      addWord(keyHigh, keyLow);
      let counterHigh = high, counterLow = low;
      for (let m = 0, at = e * count + w; m < months; m++, at += stride) {
        takeWord(counterHigh, counterLow);
        stepWord();
        counterHigh = high;
        counterLow = low;
        mixWord();
        values[at] = uniform();
      }
    }
  }
  if (normal) for (let i = 0; i < values.length; i++) values[i] = normalQuantile(values[i]);
  return values;
}
