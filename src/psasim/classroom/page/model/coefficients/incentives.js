// Penalties, rewards and publicity: as stakes, and as temptations to move a figure.

import { MONTHS_A_YEAR, overTime } from "../mechanisms/chance.js";
import { willLeft } from "../mechanisms/crowd.js";
import { temptation } from "../mechanisms/distort.js";
import { gamingWidth } from "../mechanisms/publish.js";
import { ratcheted } from "../mechanisms/ratchet.js";
import { combine } from "../mechanisms/review.js";
import { column } from "../structure/rows.js";

// What follows from a figure for the contribution that owns it.
export function incentives(layout, s, accountability) {
  const C = layout.contributions, p = (name) => s.parameter(name);
  const owns = column(C, (c) => (layout.indicators_owned[c] > 0 ? 1 : 0));
  const penalty = combine(
    s.strength("sanctions") * s.field("sanctions", "size"), s.clause("consequences"));
  const reward = s.strength("rewards") * s.field("rewards", "size");
  const publicity = p("publicity") * combine(s.strength("public_reporting"), s.clause("published"));
  const shared = combine(
    p("attribution_base"), s.opened(), p("role_gain") * s.clause("roles"));
  const attribution = column(C, (c) => (layout.owners[c] > 1 ? shared : 1));
  const stocktakes = MONTHS_A_YEAR / s.field("stocktakes", "period");
  const detection = combine(
    p("detection_base"),
    s.strength("stocktakes") * overTime(p("stocktake_detection"), stocktakes),
    overTime(p("report_detection") * s.strength("internal_reporting"), MONTHS_A_YEAR));
  const challenge = s.strength("external_challenge");
  const audit = combine(p("audit_base"), p("audit_gain") * challenge);
  const worth = column(C, (c) => accountability[c] + penalty + reward + publicity);
  const validity = column(C, (c) => layout.own_validity[c]
    + p("challenge_gain") * challenge * (1 - layout.own_validity[c]));
  const incentive = column(C, (c) => ratcheted(
    owns[c] * (attribution[c] * detection * (penalty + reward) + publicity),
    s.strength("ratchet"), p("discount")));
  return {
    incentive,
    figure_pull: column(C, (c) => (1 - validity[c]) * temptation(worth[c], audit, p("fine"))
      * incentive[c] / p("gaming_cost")),
    will: column(C, (c) => willLeft(owns[c] * (penalty + reward), p("crowding"),
      p("crowding_scale"))),
    penalty: column(C, (c) => owns[c] * penalty),
    attribution,
    failure_detection: overTime(detection, p("publishing_interval") / MONTHS_A_YEAR),
    gaming_width: column(layout.indicators, (i) => gamingWidth(
      p("gaming_stake") * worth[layout.indicator_contribution[i]], p("gaming_cost"), audit,
      p("fine") * p("gaming_stake"))),
    milestone: s.clause("milestones"),
    own_validity: validity,
  };
}
