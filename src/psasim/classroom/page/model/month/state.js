// State of the world at the end of a month, in place from month to month, and what months did.
//
// Every array is (rows, runs), runs innermost, but `standing` and `out`, which are the same in
// every run: when a figure is published does not hang on chance.

export const BY_DEPARTMENT = ["overhead", "gaming", "slack", "own"];
export const BY_CONTRIBUTION = ["distortion", "chain", "practice", "mix", "realised"];

// Rows of (rows, runs), all of one value.
export function rowsOf(count, runs, value = 0) {
  const out = new Float64Array(count * runs);
  return value === 0 ? out : out.fill(value);
}

// Each row of a column in every run.
export function spread(values, runs) {
  const out = new Float64Array(values.length * runs);
  for (let row = 0; row < values.length; row++) out.fill(values[row], row * runs, (row + 1) * runs);
  return out;
}

// Flows of a month and their sums over months: the lines of the ledger, and what measures count.
export function emptySums(layout, runs) {
  const sums = {};
  const add = (names, rows) => { for (const name of names) sums[name] = rowsOf(rows, runs, -0.0); };
  add(BY_DEPARTMENT, layout.departments);
  add(BY_CONTRIBUTION, layout.contributions);
  add(["output", "undetected", "escalated"], layout.outcomes);
  add(["moved"], layout.departments);
  return sums;
}

// Arrays that a month works in, by what they hold.
export function workspace(layout, runs) {
  const { outcomes: O, contributions: C, departments: D, indicators: I, tasks: T } = layout;
  const L = layout.links, B = layout.bodies, asked = layout.chain.directions;
  const sizes = {
    effectiveness: C, support: O, spent: D, gamed: D, usable: D, taken: D, called: C, calledFor: D,
    own: C, weighed: C, mean: O, told: O, stake: T, distorted: C, chosen: T, given: C,
    activity: C, intensity: C, cleared: C, one: C, other: C, few: O, fewer: O, aggregate: O,
    drawn: D, jointly: D, entries: asked.contribution.length, legs: asked.by_leg.count,
    vectors: asked.legs_by_vector.count, resultant: asked.vectors_by_body.count,
    squares: asked.by_leg.count, lengths: asked.legs_by_parent.count,
    allLengths: asked.parents_by_body.count,
    clarity: B, weighted: L, bySlot: layout.chain.by_slot.count,
    moved: I, failing: I, cost: I, behindPlan: I, failingOf: C, movedBy: D, costBy: D,
    behind: O, together: layout.by_cluster.count, cluster: O, stocktake: O, escalate: O, ranked: O,
    chosenFor: O, landed: C, strayed: C, strays: O, active: O, best: O, realised: C,
    mix: C, plan: C, perceived: C, responsibility: C, chance: L, agreed: L,
  };
  return Object.fromEntries(
    Object.entries(sizes).map(([name, rows]) => [name, rowsOf(rows, runs)]));
}
