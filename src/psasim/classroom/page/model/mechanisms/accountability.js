// Who answers for a joint outcome, and how many are left to wait for one another.

import { most } from "./ordered_sum.js";

export function accountabilityShares(joint, lead, marker, owners, concentration) {
  const held = concentration * lead;
  return (1 - joint) * marker + joint * ((1 - held) / owners + held * marker);
}

// Shares once leads have made their partners answer too; their sum stays.
export function pushed(share, leads, influence, held, number, owners) {
  const partners = owners - number;
  const passed = influence * (partners > 0 ? 1 : 0);
  const got = passed * held / most(partners, 1);
  return share * (1 - passed * leads) + got * (1 - leads);
}

export function keptOrGiven(share, given, priority) {
  return priority * share + (1 - priority) * given;
}

export function answerInFull(share, strength) {
  return share + strength * (1 - share);
}

export function effectiveOwners(joint, lead, owners, leads) {
  return most(1, (1 - lead) * (1 + (owners - 1) * joint) + lead * leads);
}
