// Standard normal deviates from uniform ones (Wichura 1988, AS 241).

import { log } from "./elementary.js";

const N = GIVEN.normal;
const CENTRE = N.centre.map((terms) => Float64Array.from(terms));
const SHOULDER = N.shoulder.map((terms) => Float64Array.from(terms));
const TAIL = N.tail.map((terms) => Float64Array.from(terms));

// z with Phi(z) = u, for u in (0, 1).
export function normalQuantile(uniform) {
  const q = uniform - 0.5;
  if (q <= 0.425 && q >= -0.425) return ratio(CENTRE, 0.180625 - q * q) * q;
  const low = uniform < 0.5;
  const rest = 1 - uniform;
  const r = Math.sqrt(-log(uniform < rest ? uniform : rest));
  const size = r > 5 ? ratio(TAIL, r - 5) : ratio(SHOULDER, r - 1.6);
  return low ? -size : size;
}

function ratio(terms, x) {
  return polynomial(terms[0], x) / polynomial(terms[1], x);
}

function polynomial(c, x) {
  return ((((((x * c[0] + c[1]) * x + c[2]) * x + c[3]) * x + c[4]) * x + c[5]) * x + c[6]) * x
    + c[7];
}
