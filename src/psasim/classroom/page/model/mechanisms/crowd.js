// Stakes on figures crowd out the will to serve (Gneezy & Rustichini 2000; Frey).

import { expm1 } from "./elementary.js";

// Part of own-mission value that is left.
export function willLeft(stakes, crowding, scale) {
  return 1 + crowding * expm1(-stakes / scale);
}
