// The stake of a contribution: moral hazard in teams (Holmstrom 1982) with reciprocity.

import { least } from "./ordered_sum.js";

export function reciprocity(horizon, trusted, sight) {
  return horizon * sight * trusted;
}

export function responsibility(share, mutual, owners, incentive) {
  return least(share * (owners - 1) * mutual + share, 1) + incentive;
}

// beta = value * need * product * [w + attention * mobilised * R], per planned unit of effort.
export function stake(value, needed, product, mission, attended, answering) {
  return (attended * answering + mission) * product * needed * value;
}
