// Coordination is the first call on capacity.

import { least } from "./ordered_sum.js";

// Links one contribution keeps up: n-1 in a mesh; 1 for a partner, n-1 for a lead.
export function coordinationLinks(joint, lead, marker, owners) {
  const others = owners - 1;
  const led = marker > 0 ? others : least(1, others);
  return (1 - lead) * joint * others + lead * led;
}
