// Arrangements take hold by and by (Repenning & Sterman 2001; Fixsen et al. 2005).

import { overTime } from "./chance.js";

// Part of an arrangement that has taken hold after some months.
export function partHeld(rate, month) {
  return overTime(rate, month);
}

// A coefficient of which so much has taken hold.
export function embedded(before, difference, held) {
  return before + held * difference;
}
