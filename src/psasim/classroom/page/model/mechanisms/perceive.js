// What a department makes of an outcome: how far it is, how much it is needed, how scarce its own
// part is.

import { least, most, unit } from "./ordered_sum.js";

// A contribution's own live figure, unlagged, without noise or gaming.
export function liveFigure(validity, real, counted, owns, told) {
  return owns * validity * real + owns * (1 - validity) * counted + (1 - owns) * told;
}

export function perceivedProgress(sight, shared, own) {
  return sight * shared + (1 - sight) * own;
}

// Urgency when behind plan, letting go at the target (Burgess et al. 2003).
export function need(plan, seen, urgency, cap, margin, band) {
  const push = seen * -urgency + (1 + urgency * plan);
  const steep = 1 / band;
  return least(most(push, 0), cap) * unit(seen * -steep + (1 + margin) * steep);
}

// Level of the outcome that owners work to: 1 + raised, where it is believed.
export function believedAim(raised, plan, seen) {
  const belief = unit(1 - most(plan - seen, 0));
  return 1 + least(raised, 0) + most(raised, 0) * belief;
}

// Marginal product a department expects of its effort.
export function perceivedProduct(effective, sight, scarcity, cap) {
  return least(sight * scarcity + (1 - sight), cap) * effective;
}
