// Chances over other spans of time than the one they are given for.

import { expm1, log1p } from "./elementary.js";

export const MONTHS_A_YEAR = 12;

// Chance that something happens within `spans` spans if `chance` is that within one.
export function overTime(chance, spans) {
  return chance >= 1 ? 1 : -expm1(spans * log1p(-chance));
}
