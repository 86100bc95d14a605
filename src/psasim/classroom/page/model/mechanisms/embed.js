// Arrangements take hold by and by (Repenning & Sterman 2001; Fixsen et al. 2005).

import { overTime } from "./chance.js";

// A coefficient after some months.
export function embedded(before, difference, rate, month) {
  return before + overTime(rate, month) * difference;
}
