// What a reorganisation costs: what was settled, and time to settle again.

import { exp, log1p } from "./elementary.js";

// Part of trust and of clearances that is left at the start of a month.
export function keptThrough(month, when, loss) {
  return 1 - loss * (month === when ? 1 : 0);
}

// Part of capacity that settling in takes.
export function settling(month, when, cost, recovery) {
  const since = month - when;
  return since >= 0 ? cost * exp(since * log1p(-recovery)) : 0;
}
