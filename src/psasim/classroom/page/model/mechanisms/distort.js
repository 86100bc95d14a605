// Effort that goes to the figure rather than the outcome (Holmstrom & Milgrom 1991; Baker 1992).

import { most, TINY } from "./ordered_sum.js";

// Part of the gain from a better figure that is left after audit.
export function temptation(worth, audit, fine) {
  return most(0, 1 - audit - audit * fine / most(worth, TINY)) * (worth > 0 ? 1 : 0);
}

// Part x/(1+x) of effort that goes to the figure.
export function distortedShare(pull, mission, attention, responsibility) {
  const drawn = attention * pull;
  return drawn / most(attention * responsibility + (mission + drawn), TINY);
}
