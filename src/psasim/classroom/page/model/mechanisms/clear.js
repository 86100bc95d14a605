// Clearances along a delivery chain (Pressman & Wildavsky 1973).

import { least, most, TINY, unit } from "./ordered_sum.js";

// Clarity of direction: |sum of parents' effort vectors| / sum of their lengths; 1 if none.
export function coherence(resultant, lengths) {
  return lengths > 0 ? least(1, resultant / lengths) : 1;
}

// Own agenda that rides along with a unit of what a department asks of its bodies.
export function drawnAlong(own, joint) {
  return own / most(joint, TINY);
}

// Chance that a body agrees in a month.
export function agreementChance(highest, floor, clarity, buyIn, support) {
  const alone = 1 - support;
  return clarity * buyIn * (highest * (1 - floor) * alone) + (highest * floor * alone + support);
}

// Part of a kind of many bodies that agrees.
export function agreedShare(chance, count, draw) {
  return unit(Math.sqrt((chance - chance * chance) * (1 / count)) * draw + chance);
}

// Cleared part of a link after a month; kept: what of it has not fallen away.
export function clear(cleared, agreed, kept) {
  return (1 - cleared) * agreed + kept;
}
