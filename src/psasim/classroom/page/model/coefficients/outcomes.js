// Paths, shocks and priority of outcomes, and the attention ministers have for each.

import { log1p } from "../mechanisms/elementary.js";
import { planPath, yieldGain } from "../mechanisms/produce.js";
import { unitSupport } from "../mechanisms/review.js";
import { column } from "../structure/rows.js";

// 1 for the most valuable goals, which stay priorities; 1 - strength for the rest.
export function priority(layout, s) {
  const { value } = layout.facts.outcomes;
  const ranked = value.map((_, o) => o).sort((a, b) => value[b] - value[a] || a - b);
  const kept = new Set(ranked.filter((_, rank) => rank < s.field("number_of_goals", "goals")));
  return column(layout.outcomes, (o) => (kept.has(o) ? 1 : 1 - s.strength("number_of_goals")));
}

// What an outcome does by itself, and what the centre makes of it.
export function outcomes(layout, s, kept) {
  const O = layout.outcomes, facts = layout.facts.outcomes, p = (name) => s.parameter(name);
  const drift = given(facts.drift, p("drift"));
  const log_keep = drift.map((part) => log1p(-part));
  const target = Float64Array.from(facts.target_month);
  let goals = kept[0];
  for (let o = 1; o < O; o++) goals += kept[o];
  goals += layout.other_goals;
  const refresh = p("minister_gain") * unitSupport(
    s.field("ministerial_attention", "capacity"), goals, p("minister_fixed"), 1);
  const ministers = s.strength("ministerial_attention") * refresh;
  return {
    raised: s.strength("delivery_agreement") * (s.field("delivery_agreement", "ambition") - 1),
    ratchet: s.strength("ratchet"),
    value: Float64Array.from(facts.value),
    log_keep,
    keep: drift.map((part) => 1 - part),
    start: Float64Array.from(facts.start),
    paths: Array.from({ length: Math.max(...target) + 1 }, (_, month) =>
      column(O, (o) => planPath(month, log_keep[o], target[o], facts.start[o]))),
    gain: column(O, (o) =>
      yieldGain(log_keep[o], target[o], facts.stretch[o] * p("planned_yield"))),
    count_gain: column(O, (o) => yieldGain(log_keep[o], target[o], p("planned_yield"))),
    target_month: target,
    volatility: given(facts.volatility, p("volatility")),
    noise: given(layout.facts.indicators.noise ?? [], p("indicator_noise")),
    priority: kept,
    minister_refresh: column(O, (o) => ministers * kept[o]),
  };
}

// Where outcomes are on plan at the end of a month, 0 the start; (O,).
export function pathAt(k, month) {
  return k.paths[Math.min(month, k.paths.length - 1)];
}

// A scenario's own values, the parameter where it gives none.
function given(values, otherwise) {
  return Float64Array.from(values, (value) => value ?? otherwise);
}
