// (layout, parameters, governance) -> the numbers a month works with; here, and only here, levers
// act.  Columns are typed arrays, what has a single row is a number.

import { embedded, partHeld } from "../mechanisms/embed.js";
import { answering } from "./answering.js";
import { centre } from "./centre.js";
import { chain } from "./chain.js";
import { departments } from "./departments.js";
import { incentives } from "./incentives.js";
import { outcomes, priority } from "./outcomes.js";
import { Settings } from "./settings.js";

// Coefficients that are arrangements between people, and take hold by and by.
const ARRANGEMENTS = [
  "mobilising_ratio", "minister_refresh", "attribution", "sight", "engagement", "clarity_lift",
  "attention_decay", "learning", "sharing", "steady_detection", "stocktake_chance",
  "stocktake_refresh", "cluster_chance", "cluster_refresh", "delivery_unit", "escalation",
];

// Parameters that are coefficients as they are.
const AS_THEY_ARE = [
  "mission_level", "substitution", "inertia", "urgency", "urgency_cap", "stop_margin", "stop_band",
  "mix_cap", "business_as_usual", "attention_start", "attention_floor", "trust_start", "trust_rate",
  "trust_fall", "misattribution_hit", "effectiveness_base", "agreement_max", "agreement_floor",
  "buy_in_rate", "sanction_buy_in_hit", "problem_hazard", "problem_harm", "publishing_interval",
  "gaming_cost", "gaming_effort", "planned_yield", "rating_tolerance", "refresh",
  "escalation_cost", "reorganisation_recovery", "embedding",
];

// Coefficients of one package, as it has them in the end.
export function buildCoefficients(layout, parameters, governance) {
  const s = new Settings(parameters, governance);
  const kept = priority(layout, s);
  const who = answering(layout, s, kept), have = departments(layout, s, kept);
  return {
    ...Object.fromEntries(AS_THEY_ARE.map((name) => [name, s.parameter(name)])),
    ...who,
    ...have,
    ...incentives(layout, s, who.accountability),
    ...outcomes(layout, s, kept),
    ...chain(layout, s, have.horizon),
    ...centre(layout, s),
  };
}

// Coefficients by month, from 1 on (0 is how they end): as far as arrangements have taken hold.
export function byMonth(layout, parameters, governance, months) {
  const end = buildCoefficients(layout, parameters, governance);
  const before = buildCoefficients(layout, parameters, {});
  const moving = ARRANGEMENTS.filter((name) => differ(before[name], end[name]));
  const found = [end];
  for (let month = 1; month <= months; month++) {
    const now = { ...end }, held = partHeld(end.embedding, month);
    for (const name of moving) now[name] = taken(before[name], end[name], held);
    found.push(now);
  }
  return found;
}

function differ(one, other) {
  return typeof one === "number" ? one !== other : one.some((value, row) => value !== other[row]);
}

function taken(before, end, held) {
  if (typeof end === "number") return embedded(before, end - before, held);
  return end.map((value, row) => embedded(before[row], value - before[row], held));
}
