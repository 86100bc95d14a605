// Engagement, relapse, and how far boards and roles settle conflicting direction.

import { combine } from "../mechanisms/review.js";
import { column } from "../structure/rows.js";

// Coefficients of links and bodies; horizon: funding horizon by contribution.
export function chain(layout, s, horizon) {
  const links = layout.chain, p = (name) => s.parameter(name);
  const engaged = p("engagement_gain") * s.strength("frontline_engagement");
  const governed = p("local_gain") * s.strength("local_governance");
  const tiers = s.field("local_governance", "tiers");
  const local = column(layout.bodies, (b) => governed * (links.tier_of_body[b] <= tiers ? 1 : 0));
  return {
    buy_in_start: column(layout.links, (l) => combine(links.alignment[l], engaged)),
    engagement: column(layout.links, (l) =>
      combine(links.alignment[l], engaged, local[links.body[l]])),
    relapse: column(layout.links, (l) => p("relapse") * (1 - horizon[links.contribution[l]])),
    clarity_lift: column(layout.bodies, (b) =>
      combine(local[b], p("role_gain") * s.clause("roles"))),
  };
}
