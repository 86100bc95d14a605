// Indicators and the gaming of thresholds (Bevan & Hood 2006; closed form T6).

import { least, most } from "./ordered_sum.js";

// Effort over planned effort, at most 1.
export function activity(effort, planned) {
  return least(effort * (1 / planned), 1);
}

// A poor indicator's count after a month: a stock, as if all activity moved the outcome.
export function countOn(counted, keep, gain, active) {
  return keep * counted + gain * active;
}

// What a figure shows of a count: at most the target, unless it is open-ended.
export function shownCount(counted, openEnded) {
  const capped = least(counted, 1);
  return capped + openEnded * (counted - capped);
}

// Figure an indicator shows.
export function indicator(validity, real, shown, noise) {
  return validity * real + (1 - validity) * shown + noise;
}

// How far below a threshold it pays to report it met.
export function gamingWidth(bonus, cost, audit, fine) {
  return Math.sqrt(2 * most(0, (1 - audit) * bonus - audit * fine) / cost);
}

// Published figure: the threshold where it pays to report it met, else the figure itself.
export function game(figure, threshold, width) {
  return figure < threshold && figure >= threshold - width ? threshold : figure;
}

// Cost of moving a figure.
export function gamingLoss(figure, published, cost) {
  const moved = published - figure;
  return 0.5 * cost * moved * moved;
}
