// exp, log, log1p and expm1 as psasim/mechanisms/elementary.py makes them, to the same bits: of
// operations that IEEE 754 rounds exactly, number by number, with Python's own tables.

const T = GIVEN.elementary;
const ROOT = Float64Array.from(T.root);
const ROOT_LOW = Float64Array.from(T.rootLow);
const LOG_HIGH = Float64Array.from(T.logHigh);
const LOG_LOW = Float64Array.from(T.logLow);
const PER_STEP = T.perStep, STEP_HIGH = T.stepHigh, STEP_LOW = T.stepLow;
const LOG2_HIGH = T.log2High, LOG2_LOW = T.log2Low;
const [HALF, SIXTH, NEXT, LAST] = T.factorials;
const [OVER_2, OVER_3, OVER_4, OVER_5, OVER_6, OVER_7, OVER_8] = T.over;
const LIFTED = T.lifted;

const SMALL = -708, LARGE = 709, HUGE = 800;
const LEAST = 2.2250738585072014e-308, LIFT = 18014398509481984; // 2^-1022, 2^54
const FIRST = 90; // least multiple of 1/128 that a significand is nearest to
const TO_WHOLE = 6755399441055744; // 1.5 * 2^52: adding it rounds half to even

const LOWEST_POWER = -1074;
const POWER = powersOfTwo();

const scratch = new Float64Array(1);
const words = new Uint32Array(scratch.buffer); // low word first, as every browser has it
scratch[0] = Math.sqrt(0.5);
const BELOW_ONE_LOW = words[0], BELOW_ONE_HIGH = words[1];

function powersOfTwo() {
  const powers = new Float64Array(1023 - LOWEST_POWER + 1);
  powers[-LOWEST_POWER] = 1;
  for (let i = -LOWEST_POWER + 1; i < powers.length; i++) powers[i] = powers[i - 1] * 2;
  for (let i = -LOWEST_POWER - 1; i >= 0; i--) powers[i] = powers[i + 1] / 2;
  return powers;
}

// e^r - 1 for |r| <= log(2)/256.
function series(r) {
  return ((((r * LAST + NEXT) * r + SIXTH) * r + HALF) * r) * r + r;
}

// The nearest whole number, of two the even one, for |x| < 2^51.
export function nearestWhole(x) {
  return x + TO_WHOLE - TO_WHOLE;
}

function usualExp(x) {
  const nearest = nearestWhole(x * PER_STEP);
  const root = ROOT[nearest & 127];
  const rest = x - nearest * STEP_HIGH - nearest * STEP_LOW;
  return (root + series(rest) * root) * POWER[(nearest >> 7) - LOWEST_POWER];
}

function usualExpm1(x) {
  const nearest = nearestWhole(x * PER_STEP);
  const part = nearest & 127;
  const root = ROOT[part];
  const scale = POWER[(nearest >> 7) - LOWEST_POWER];
  const rest = x - nearest * STEP_HIGH - nearest * STEP_LOW;
  return (root * scale - 1) + (series(rest) * root + ROOT_LOW[part]) * scale;
}

// log x + more for normal x > 0, `more` being far smaller than the last place of x.
function logPlus(x, more) {
  scratch[0] = x;
  const k = (words[1] - BELOW_ONE_HIGH - (words[0] < BELOW_ONE_LOW ? 1 : 0)) >> 20;
  const significand = x * POWER[-k - LOWEST_POWER];
  const place = nearestWhole(significand * 128);
  const nearest = place * 0.0078125;
  const rest = (significand - nearest) / nearest;
  const high = k * LOG2_HIGH + LOG_HIGH[place - FIRST];
  let low = k * LOG2_LOW + LOG_LOW[place - FIRST] + more;
  let s = OVER_7 - rest * OVER_8;
  s = OVER_6 - s * rest;
  s = OVER_5 - s * rest;
  s = OVER_4 - s * rest;
  s = OVER_3 - s * rest;
  s = OVER_2 - s * rest;
  low -= s * rest * rest;
  return high + (rest + low);
}

function usualLog1p(x) {
  const above = x + 1;
  const lost = x < 1 ? x - (above - 1) : 1 - (above - x);
  return logPlus(above, lost / above);
}

function anyExp(x) {
  if (x > SMALL && x < LARGE) return usualExp(x);
  if (x !== x) return NaN;
  const held = Math.min(Math.max(x, -HUGE), HUGE);
  const part = nearestWhole(held * 0.5);
  return usualExp(part) * usualExp(held - part);
}

// e^x.
export function exp(x) {
  return x > SMALL && x < LARGE ? usualExp(x) : anyExp(x);
}

// e^x - 1, without loss where x is small.
export function expm1(x) {
  return x > SMALL && x < LARGE ? usualExpm1(x) : anyExp(x) - 1;
}

// Natural logarithm; -Infinity at 0, NaN below.
export function log(x) {
  if (x >= LEAST && x < Infinity) return logPlus(x, 0);
  if (x > 0 && x < LEAST) return logPlus(x * LIFT, 0) - LIFTED;
  return x > 0 ? Infinity : x === 0 ? -Infinity : NaN;
}

// log(1 + x), without loss where x is small.
export function log1p(x) {
  return x > -1 && x < LIFT ? usualLog1p(x) : log(x + 1);
}
