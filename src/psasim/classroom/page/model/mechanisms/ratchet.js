// Targets that follow results, and who holds back for it (Weitzman 1980).

import { most } from "./ordered_sum.js";

export function ratcheted(incentive, ratchet, discount) {
  return incentive / (1 + ratchet / discount);
}

// Raise of the aim after a year: by lambda of what was reported ahead of plan.
export function raisedAim(held, ratchet, ahead) {
  return held + ratchet * most(ahead, 0);
}
