// Problems, who sees them and when (stocktakes), and the centre's limited support.

import { expm1 } from "./elementary.js";
import { most } from "./ordered_sum.js";

// Effects on one coefficient, none hiding another: 1 - prod(1 - x).
export function combine(first, ...others) {
  let missed = 1 - first;
  for (const chance of others) missed *= 1 - chance;
  return 1 - missed;
}

// Support a unit gives each of its targets.
export function unitSupport(capacity, targets, fixed, slope) {
  return -expm1(-slope * most(0, capacity / targets - fixed));
}

// 1 for the `number` rows with the largest gap above 0, ties by key; (rows, runs) into `chosen`.
export function largest(gap, number, rows, runs, chosen) {
  const whole = Math.min(Math.ceil(number), rows);
  chosen.fill(0);
  for (let r = 0; r < runs; r++) {
    for (let left = whole; left > 0; left--) {
      let best = -1;
      for (let row = 0; row < rows; row++) {
        const i = row * runs + r;
        if (gap[i] > 0 && !chosen[i] && (best < 0 || gap[i] > gap[best])) best = i;
      }
      if (best < 0) break;
      chosen[best] = 1;
    }
  }
}
