// Convening a joint outcome is a volunteer's dilemma (Diekmann 1985).

import { exp, log } from "./elementary.js";
import { least, most, TINY } from "./ordered_sum.js";

// Chance in a month that one answerable owner convenes the outcome.
export function volunteerChance(costBenefit, benefit, owners, drawers) {
  const ratio = least(1, costBenefit * least(1, owners - 1) / benefit);
  const exponent = owners / (most(owners - 1, TINY) * most(drawers, 1));
  return 1 - exp(exponent * log(most(ratio, TINY)));
}
