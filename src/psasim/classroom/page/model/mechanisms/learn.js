// What changes slowly: attention, trust, knowledge and buy-in.

import { least, unit } from "./ordered_sum.js";

export function attention(held, floor, decay, refresh) {
  const faded = floor + (held - floor) * (1 - decay);
  return faded + refresh * (1 - faded);
}

// Trust in co-owners moves to the mean activity that is seen of them, less what strayed.
export function trust(held, pull, mean, loss, faster) {
  const gap = mean - held;
  return unit(gap * (gap < 0 ? least(1, faster * pull) : pull) + held - loss);
}

// Learning by doing, and from the best co-owner where practice is shared.
export function knowledge(held, learning, progress, sharing, best) {
  return least(least(progress, 1) * (1 - held) * learning + held + (best - held) * sharing, 1);
}

// k0 + (1-k0) know, support moving knowledge part of the way to 1.
export function effectiveness(base, know, support) {
  return 1 - (1 - know) * ((1 - base) * (1 - support));
}

export function buyIn(held, target, rate, loss) {
  return unit((1 - rate) * held + rate * target - loss);
}
