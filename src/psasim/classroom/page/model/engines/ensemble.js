// Many runs side by side, and what is kept of them.

import { closingFigures, rated } from "../month/publication.js";
import { start, step } from "../month/schedule.js";
import { emptySums, workspace } from "../month/state.js";

// Runs every world under coefficients by month (`byMonth`); w: a workspace for so many runs.
//
// Paths real, reported, rated are (months, O, R); sums flows by name; waiting and short (O, R).
// watch: called after each month with its number, state, workspace and the sums so far.
export function run(layout, byMonths, worlds, w = workspace(layout, worlds.count), watch = null) {
  const { months, count: runs } = worlds, size = layout.outcomes * runs;
  const state = start(layout, byMonths[0], runs), sums = emptySums(layout, runs);
  const kept = () => new Float64Array(months * size), each = () => new Float64Array(size);
  const t = {
    runs, months, sums, real: kept(), reported: kept(), rated: kept(), waiting: each(),
    short: each(), reached: new Uint8Array(size),
  };
  for (let month = 1; month <= months; month++) {
    const k = byMonths[month];
    step(state, layout, k, worlds.shocks[month - 1], month, runs, w, sums);
    record(t, state, layout, month, runs, (month - 1) * size);
    rated(state, layout, k, runs, t.rated, (month - 1) * size);
    watch?.(month, state, w, sums);
  }
  t.clarity = w.clarity.slice();
  t.closing = closingFigures(state, layout, byMonths[0], runs);
  t.final = state;
  return t;
}

function record(t, state, layout, month, runs, at) {
  t.real.set(state.real, at);
  for (let j = 0; j < state.real.length; j++) {
    const o = (j - (j % runs)) / runs;
    t.reported[at + j] = state.out[o] ? state.reported[j] : NaN;
    t.waiting[j] += 1 - state.mobilised[j];
    if (state.real[j] >= 1) t.reached[j] = 1;
    if (!t.reached[j]) t.short[j] += 1;
  }
}
