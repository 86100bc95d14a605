// Who answers for each outcome, who pushes whom, and what coordination takes.

import {
  accountabilityShares, answerInFull, effectiveOwners, keptOrGiven, pushed,
} from "../mechanisms/accountability.js";
import { columnSum } from "../mechanisms/ordered_sum.js";
import { coordinationLinks } from "../mechanisms/overhead.js";
import { combine } from "../mechanisms/review.js";
import { column } from "../structure/rows.js";

// 1 for the contributions that lead under a kind of lead, else 0.
//
// `two` adds the partner with the largest share of need, the first by key among equals.
function leadsOf(layout, kind) {
  const { share, lead } = layout.facts.contributions;
  const leads = column(layout.contributions, (c) => (lead[c] || kind === "all" ? 1 : 0));
  if (kind !== "two") return leads;
  const { start, rows, count } = layout.by_outcome;
  for (let o = 0; o < count; o++) {
    let number = 0, partner = -1;
    for (let at = start[o]; at < start[o + 1]; at++) {
      const c = rows[at];
      if (leads[c]) number++;
      else if (partner < 0 || share[c] > share[partner]) partner = c;
    }
    if (partner >= 0 && number < 2) leads[partner] = 1;
  }
  return leads;
}

// 1/(number of leads) for leads, else 0.
function markers(leads, layout) {
  const number = columnSum(leads, layout.by_outcome);
  return column(layout.contributions, (c) => leads[c] / number[layout.outcome[c]]);
}

// Shares, influence, links, and the volunteers who wait for one another.
export function answering(layout, s, priority) {
  const C = layout.contributions, O = layout.outcomes, of = layout.outcome;
  const kind = s.field("lead", "kind"), p = (name) => s.parameter(name);
  const joint = s.strength("joint_targets");
  const lead = s.strength("lead") * (kind !== "none" ? 1 : 0);
  const full = lead * (kind === "all" ? 1 : 0), named = lead * (kind !== "all" ? 1 : 0);
  const leads = leadsOf(layout, kind);
  const given = markers(leadsOf(layout, "single"), layout), marked = markers(leads, layout);
  const marker = column(C, (c) => given[c] + named * (marked[c] - given[c]));
  const shares = column(C, (c) => accountabilityShares(joint, named, marker[c], layout.owners[c],
    p("lead_concentration")));
  const held = columnSum(column(C, (c) => shares[c] * leads[c]), layout.by_outcome);
  const number = columnSum(leads, layout.by_outcome);
  const influence = p("influence") * named;
  const accountability = column(C, (c) => keptOrGiven(
    answerInFull(pushed(shares[c], leads[c], influence, held[of[c]], number[of[c]],
      layout.owners[c]), full),
    given[c], priority[of[c]]));
  const owners = columnSum(column(C, () => 1), layout.by_outcome);
  const { convening } = layout.facts.outcomes;
  const ratio = p("mobilising_ratio") * (1 - p("role_gain") * s.clause("roles"));
  return {
    accountability,
    convened_overhead: column(C, (c) => {
      const links = coordinationLinks(joint, lead, leads[c], layout.owners[c])
        * (1 - s.strength("process_alignment"));
      const pushing = p("influence_cost") * lead * leads[c] * (layout.owners[c] - 1);
      const answers = keptOrGiven(combine(given[c], joint, lead * leads[c]), given[c],
        priority[of[c]]);
      return priority[of[c]] * (p("link_cost") * links + pushing) + p("goal_cost") * answers;
    }),
    effective_owners: column(O, (o) =>
      1 + priority[o] * (effectiveOwners(joint, lead, owners[o], number[o]) - 1)),
    drawers: columnSum(column(C, (c) => (accountability[c] > 0 ? 1 : 0)), layout.by_outcome),
    mobilising_ratio: column(O, (o) => ratio * convening[o]),
  };
}
