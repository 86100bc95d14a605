// What each seat may see, as the Mesa agents' views have it, and nothing else.
//
// A department's own stake, need, product and pull towards figures are the model's way to choose;
// a seat chooses for itself and is not shown them.

import { missionValue } from "../../../model/month/commitment.js";

// Rows of groups: the tasks of a department, the contributions of an outcome.
export function rowsIn({ start, rows }, group) {
  return [...rows.subarray(start[group], start[group + 1])];
}

// Contributions of a department in their order; its tasks are these, then its own agenda.
export function contributionsOf(layout, d) {
  return rowsIn(layout.contributions_by_department, d);
}

// Attributes of `DepartmentView`, one run; what has one row is a number.
export function departmentView(layout, d, state, k, month, w) {
  const tasks = rowsIn(layout.by_department, d), mine = contributionsOf(layout, d);
  const missioned = missionValue(k, month), of = (values, rows) => rows.map((row) => values[row]);
  const outcomes = of(layout.outcome, mine);
  return {
    month,
    outcomes: of(layout.facts.outcomes.key, outcomes),
    size: of(k.task_size, tasks),
    effort: of(state.effort, tasks),
    capacity: k.capacity[d],
    usable: w.usable[d],
    taken: w.taken[d],
    plan: of(w.plan, mine),
    seen: of(w.perceived, mine),
    responsibility: of(w.responsibility, mine),
    mission: mine.map((c) => k.will[c] * missioned[c]),
    trust: of(state.trust, mine),
    sight: k.sight,
    attention: of(state.attention, outcomes),
    mobilised: of(state.mobilised, outcomes),
  };
}

// Links of a body, each a contribution that asks it to deliver.
export function linksOf(layout, b) {
  return [...layout.chain.body.keys()].filter((l) => layout.chain.body[l] === b);
}

// What a body calls a contribution that asks it: "Wellbeing.HealthyChildren".
export function askOf(layout, l) {
  const c = layout.chain.contribution[l], { departments, outcomes } = layout.facts;
  return `${departments.key[layout.department[c]]}.${outcomes.key[layout.outcome[c]]}`;
}

// Attributes of `BodyView` in the month just played, but for chance and the month's draw.
export function bodyView(layout, b, state, w, month) {
  const links = linksOf(layout, b);
  return {
    month,
    asks: links.map((l) => askOf(layout, l)),
    buy_in: links.map((l) => state.buy_in[l]),
    count: links.map((l) => layout.chain.count[l]),
    clarity: w.clarity[b],
  };
}

// Attributes of the centre's desk in the month just played: published figures only.
export function centreView(layout, k, state, month) {
  return {
    month,
    outcomes: layout.facts.outcomes.key,
    gap: [...state.gap],
    fresh: [...state.fresh],
    priority: [...k.priority],
    limit: centreLimit(layout, k),
  };
}

// Outcomes that the centre may take up at once: what its delivery unit can carry, or two.
export function centreLimit(layout, k) {
  return Math.min(layout.outcomes, Math.ceil(k.unit_targets) || 2);
}
