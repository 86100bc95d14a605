// The month: the only schedule, phase by phase.

import { allocate } from "../mechanisms/allocate.js";
import { effectiveness } from "../mechanisms/learn.js";
import { most } from "../mechanisms/ordered_sum.js";
import { activity, countOn } from "../mechanisms/publish.js";
import { stake } from "../mechanisms/stake.js";
import { detect, learn, nextAim } from "./aftermath.js";
import {
  effective, missionValue, mobilise, outlook, overheads, reorganised,
} from "./commitment.js";
import { EVERYONE } from "./decisions.js";
import { clearChain, produceOutcomes } from "./delivery.js";
import { publishFigures } from "./publication.js";
import { rowsOf, spread } from "./state.js";

// State before the first month: departments at work for their own missions only.
export function start(layout, k, runs) {
  const { outcomes: O, contributions: C, departments: D, indicators: I } = layout;
  const begun = spread(k.start, runs);
  return {
    real: begun,
    figures: Array.from({ length: layout.longest_lag + 1 }, () => rowsOf(I, runs)),
    effort: firstEffort(layout, k, runs),
    counted: spread(Array.from(layout.outcome, (o) => k.start[o]), runs),
    scarcity: rowsOf(C, runs, 1),
    mobilised: spread(layout.convened, runs),
    problem: rowsOf(O, runs),
    escalated: rowsOf(O, runs),
    supported: rowsOf(O, runs),
    attention: rowsOf(O, runs, k.attention_start),
    trust: rowsOf(C, runs, k.trust_start),
    knowledge: rowsOf(C, runs, k.knowledge_start),
    buy_in: spread(k.buy_in_start, runs),
    cleared: rowsOf(layout.links, runs),
    published: rowsOf(I, runs),
    standing: new Float64Array(I),
    gap: rowsOf(O, runs),
    fresh: new Float64Array(O),
    ratcheted: rowsOf(O, runs),
    reported: rowsOf(O, runs),
    out: new Float64Array(O),
    gaming_spend: rowsOf(D, runs),
  };
}

function firstEffort(layout, k, runs) {
  const mission = missionValue(k, 1), stakes = new Float64Array(layout.tasks);
  for (let c = 0; c < layout.contributions; c++) {
    const product = effectiveness(k.effectiveness_base, k.knowledge_start, 0);
    stakes[layout.task_of_contribution[c]] = stake(k.value[layout.outcome[c]], 1, product,
      mission[c], 0, 0);
  }
  layout.task_of_own.forEach((task, d) => { stakes[task] = k.own_value[d]; });
  const usable = k.capacity.map((capacity, d) => most(capacity - k.fixed_overhead[d], 0));
  const taken = k.capacity.map((capacity, d) => Math.min(capacity, k.fixed_overhead[d]));
  const effort = new Float64Array(layout.tasks);
  allocate(stakes, k.task_size, k.capacity, usable, taken, k.substitution, layout.by_department, 1,
    effort);
  return spread(effort, runs);
}

// One month; `state` and `sums` are moved on in place, `w` is what it works in.
export function step(state, layout, k, shocks, month, runs, w, sums, decisions = EVERYONE) {
  reorganised(state, k, month);
  mobilise(state, layout, k, shocks, runs);
  overheads(state, layout, k, month, runs, w);
  effective(state, layout, k, runs, w);
  outlook(state, layout, k, month, runs, w);
  decisions.allocate(state, layout, k, month, runs, w);
  arise(state, k, shocks, sums);
  give(state, layout, k, runs, w, sums);
  clearChain(state, layout, k, shocks, month, runs, w, decisions);
  produceOutcomes(state, layout, k, shocks, runs, w, sums);
  publishFigures(state, layout, k, shocks, month, runs, w, sums, decisions);
  decisions.review(state, layout, k, month, runs, w);
  detect(state, k, shocks, w, sums);
  for (let j = 0; j < state.supported.length; j++) {
    const o = (j - (j % runs)) / runs;
    state.supported[j] = k.delivery_unit * (k.priority[o] * w.chosenFor[j]);
  }
  learn(state, layout, k, runs, w);
  nextAim(state, k, month);
}

// 6. Undetected problems after new ones arise.
function arise(state, k, shocks, sums) {
  for (let j = 0; j < state.problem.length; j++) {
    const before = state.problem[j];
    state.problem[j] = most(before, shocks.problem[j] < k.problem_hazard ? 1 : 0);
    sums.undetected[j] += 0.5 * (before + state.problem[j]);
  }
}

// Effort by contribution, what a poor indicator counts of it, and what departments keep.
function give(state, layout, k, runs, w, sums) {
  for (let c = 0; c < layout.contributions; c++) {
    const from = layout.task_of_contribution[c] * runs, o = layout.outcome[c];
    for (let r = 0, i = c * runs; r < runs; r++, i++) {
      w.given[i] = state.effort[from + r];
      w.activity[i] = activity(w.given[i], k.planned[c]);
      state.counted[i] = countOn(state.counted[i], k.keep[o], k.count_gain[o], w.activity[i]);
    }
  }
  const { start: begins, rows } = layout.by_department;
  for (let d = 0; d < layout.departments; d++) {
    const own = layout.task_of_own[d] * runs;
    for (let r = 0, i = d * runs; r < runs; r++, i++) {
      let worked = state.effort[rows[begins[d]] * runs + r];
      for (let at = begins[d] + 1; at < begins[d + 1]; at++) {
        worked += state.effort[rows[at] * runs + r];
      }
      sums.overhead[i] += w.spent[i];
      sums.gaming[i] += w.gamed[i];
      sums.slack[i] += w.usable[i] - worked;
      sums.own[i] += state.effort[own + r];
    }
  }
}
