// What departments have, value and see.

import { releaseRates } from "../mechanisms/allocate.js";
import { exp, nearestWhole } from "../mechanisms/elementary.js";
import { columnSum } from "../mechanisms/ordered_sum.js";
import { combine } from "../mechanisms/review.js";
import { column } from "../structure/rows.js";
import { LEVERS } from "./settings.js";

// Capacity, own agendas, missions, horizons, sight and what is taken up front.
export function departments(layout, s, priority) {
  const D = layout.departments, C = layout.contributions, p = (name) => s.parameter(name);
  const facts = layout.facts.departments;
  const byDepartment = layout.contributions_by_department;
  const longer = 1 - 1 / s.field("funding_horizon", "years");
  const horizon = column(D, (d) => {
    const now = 1 - 1 / facts.years_funded[d];
    return now + s.strength("funding_horizon") * Math.max(longer - now, 0);
  });
  const common = combine(
    s.strength("process_alignment"), s.clause("reporting"), s.strength("external_challenge"));
  const reports = column(C, (c) => p("report_cost") * layout.indicators_owned[c]);
  const levers = leverOverhead(layout, s, reports);
  const taken = columnSum(column(C, (c) => reports[c] + levers[c] * priority[layout.outcome[c]]),
    byDepartment);
  const standing = columnSum(column(C, (c) => reports[c] + p("goal_cost") * layout.leads[c]),
    byDepartment);
  return {
    ...tasks(layout, s),
    ...missions(layout, s),
    capacity: Float64Array.from(facts.capacity),
    reorganised_month: s.field("reorganisation", "month"),
    reorganisation_loss: s.strength("reorganisation") * p("reorganisation_loss"),
    reorganisation_cost: s.strength("reorganisation") * p("reorganisation_cost"),
    own_value: Float64Array.from(facts.own_value),
    horizon: column(C, (c) => horizon[layout.department[c]]),
    sight: combine(p("sight_base"), s.opened(), p("report_sight") * s.clause("reporting")),
    reading_offset: column(D, (d) => facts.reading_offset[d] * (1 - common)),
    disagreement: 1 - common,
    phase: column(D, (d) => wholeMonths(facts.phase[d] * (1 - s.strength("process_alignment")))),
    fixed_overhead: column(D, (d) => p("base_overhead") * facts.capacity[d] + taken[d]),
    standing_overhead: column(D, (d) => p("base_overhead") * facts.capacity[d] + standing[d]),
  };
}

// Months rounded up, a whole number that rounding has missed taken for itself.
function wholeMonths(phase) {
  return Math.ceil(nearestWhole(phase * 1e9) / 1e9) + 0;
}

// Rows of contributions and departments merged into task order.
export function inTaskOrder(layout, ofContribution, ofDepartment) {
  const out = new Float64Array(layout.tasks);
  layout.task_of_contribution.forEach((task, c) => { out[task] = ofContribution[c]; });
  layout.task_of_own.forEach((task, d) => { out[task] = ofDepartment[d]; });
  return out;
}

// Planned effort of contributions and size of own agendas, a part of which may be pooled.
function tasks(layout, s) {
  const C = layout.contributions, D = layout.departments, p = (name) => s.parameter(name);
  const { capacity } = layout.facts.departments, { planned_effort } = layout.facts.outcomes;
  const share = Float64Array.from(layout.facts.contributions.share);
  const planned = column(C, (c) => share[c] * planned_effort[layout.outcome[c]]);
  const joint = columnSum(column(C, (c) => (layout.owners[c] > 1 ? 1 : 0)),
    layout.contributions_by_department);
  const pooled = p("flypaper") * s.strength("pooled_budget") * s.field("pooled_budget", "share");
  const own = column(D, (d) => p("own_size") * capacity[d] * (1 - pooled * (joint[d] > 0 ? 1 : 0)));
  const release = column(C, (c) => releaseRates(p("release"), p("inertia"),
    layout.technology[layout.outcome[c]], p("substitution")));
  const free = column(D, () => Math.max(p("inertia"), p("release")));
  return {
    share,
    planned,
    task_size: inTaskOrder(layout, planned, own),
    release: inTaskOrder(layout, release, free),
  };
}

// Own-mission values, lognormal about their level, before and after Cabinet agrees.
function missions(layout, s) {
  const C = layout.contributions, p = (name) => s.parameter(name);
  const spread = p("mission_spread"), score = layout.facts.contributions.mission;
  const mission = column(C, (c) =>
    p("mission_level") * exp(spread * score[c] - 0.5 * spread * spread));
  const owners = columnSum(column(C, () => 1), layout.by_outcome);
  const total = columnSum(mission, layout.by_outcome);
  const mean = column(layout.outcomes, (o) => total[o] / owners[o]);
  return {
    mission_mean: mean,
    mission_before: mission,
    mission_after: column(C, (c) => mission[c]
      + s.strength("collective_priorities") * (mean[layout.outcome[c]] - mission[c])),
    agreed_month: s.field("collective_priorities", "month"),
  };
}

// Capacity the levers take from each contribution they cover, and reports to audiences.
function leverOverhead(layout, s, reports) {
  const everyone = s.strength("internal_reporting") + s.strength("public_reporting");
  const partners = s.strength("data_sharing") + s.clause("reporting");
  return column(layout.contributions, (c) => {
    const joint = layout.owners[c] > 1 ? 1 : 0;
    let taken = reports[c] * (everyone + joint * partners);
    for (const lever of LEVERS) {
      const covered = lever.joint ? joint : 1;
      taken += lever.capacity * s.extent(lever.name, layout.outcomes) * covered;
    }
    return taken;
  });
}
