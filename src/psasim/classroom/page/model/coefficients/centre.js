// What the centre sees, refreshes, supports and teaches.

import { MONTHS_A_YEAR, overTime } from "../mechanisms/chance.js";
import { combine, unitSupport } from "../mechanisms/review.js";

// Detection, refreshes of attention, the delivery unit, and learning.
export function centre(layout, s) {
  const p = (name) => s.parameter(name);
  const targets = s.field("delivery_unit", "targets");
  const taken = Math.min(targets, layout.outcomes + layout.other_goals);
  const stocktakes = s.strength("stocktakes"), clusters = s.strength("cluster_reviews");
  const evaluation = s.strength("evaluation");
  return {
    attention_decay: p("attention_decay") * (1 - p("official_hold") * s.board()),
    steady_detection: combine(
      overTime(p("detection_base"), 1 / MONTHS_A_YEAR),
      p("board_detection") * s.board(),
      p("report_detection") * s.strength("internal_reporting")),
    stocktake_chance: stocktakes * p("stocktake_detection"),
    stocktake_period: s.field("stocktakes", "period"),
    stocktake_refresh: stocktakes * p("refresh"),
    escalation: s.strength("escalation"),
    cluster_chance: clusters * p("cluster_detection"),
    cluster_refresh: clusters * p("refresh"),
    cluster_trigger: s.field("cluster_reviews", "trigger"),
    delivery_unit: s.strength("delivery_unit"),
    unit_support: unitSupport(
      s.field("delivery_unit", "capacity"), taken, p("unit_fixed"), p("unit_slope")),
    unit_targets: targets * (s.strength("delivery_unit") > 0 ? 1 : 0),
    learning: p("learning") + p("evaluation_gain") * evaluation,
    sharing: p("sharing_gain") * evaluation * s.field("evaluation", "diffusion"),
    knowledge_start: combine(
      p("knowledge_start"), p("early_evidence") * s.strength("frontline_engagement")),
    money: s.money(layout.outcomes),
  };
}
