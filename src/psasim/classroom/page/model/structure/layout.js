// A scenario's arrays, as Python's structure/layout.py, chain.py and identity.py made them.

const INDEX = new Set([
  "outcome", "department", "task_of_contribution", "task_of_own", "task_department",
  "indicator_outcome", "indicator_contribution", "indicator_department", "cluster",
  "contribution", "body", "tier_of_body", "own", "bodies", "parents", "lag", "lags",
]);

// Layout of a scenario: numbers of rows by typed arrays, groups by rows and where each begins.
//
// scenario: as `psasim.classroom.arrays.scenario_arrays` gives it.
export function buildLayout(scenario) {
  const layout = plain(scenario.layout, "");
  layout.identity = Object.fromEntries(Object.entries(layout.identity)
    .map(([kind, hashes]) => [kind, hashes.match(/.{16}/g) ?? []]));
  layout.name = scenario.name;
  layout.facts = scenario.facts;
  layout.other_goals = scenario.other_goals;
  layout.tasks = layout.contributions + layout.departments;
  layout.links = layout.chain.body.length;
  layout.bodies = layout.chain.tier_of_body.length;
  layout.longest_lag = layout.lags.reduce((most, lag) => Math.max(most, lag), 0);
  return layout;
}

function plain(value, name) {
  if (Array.isArray(value)) {
    if (typeof value[0] === "object") return value.map((item) => plain(item, ""));
    if (typeof value[0] === "string") return value;
    return (INDEX.has(name) ? Int32Array : Float64Array).from(value);
  }
  if (typeof value !== "object") return value;
  if ("of" in value) return groupRows(value.of, value.count);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item, key)]));
}

// Groups for the group number of each row; rows keep their order within a group.
export function groupRows(of, count) {
  const start = new Int32Array(count + 1);
  for (const group of of) start[group + 1]++;
  for (let g = 0; g < count; g++) start[g + 1] += start[g];
  const next = start.slice(), rows = new Int32Array(of.length);
  for (let row = 0; row < of.length; row++) rows[next[of[row]]++] = row;
  return { count, start, rows };
}
