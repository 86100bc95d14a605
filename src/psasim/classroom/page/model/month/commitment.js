// What departments commit: phases 1 to 4, from convening an outcome to what it is worth.

import { pathAt } from "../coefficients/outcomes.js";
import { distortedShare } from "../mechanisms/distort.js";
import { effectiveness } from "../mechanisms/learn.js";
import { volunteerChance } from "../mechanisms/mobilise.js";
import { either, least, orderedSum } from "../mechanisms/ordered_sum.js";
import {
  believedAim, liveFigure, need, perceivedProduct, perceivedProgress,
} from "../mechanisms/perceive.js";
import { shownCount } from "../mechanisms/publish.js";
import { keptThrough, settling } from "../mechanisms/reorganise.js";
import { reciprocity, responsibility, stake } from "../mechanisms/stake.js";

// Own-mission value, as Cabinet agreed it from the month of agreement on.
export function missionValue(k, month) {
  return month >= k.agreed_month ? k.mission_after : k.mission_before;
}

// A reorganisation, if this is its month, unsettles trust and clearances.
export function reorganised(state, k, month) {
  if (k.reorganisation_loss === 0 || month !== k.reorganised_month) return;
  const kept = keptThrough(month, k.reorganised_month, k.reorganisation_loss);
  for (let i = 0; i < state.trust.length; i++) state.trust[i] *= kept;
  for (let i = 0; i < state.cleared.length; i++) state.cleared[i] *= kept;
}

// 1. Outcomes that somebody convenes.
export function mobilise(state, layout, k, shocks, runs) {
  const { start, rows } = layout.by_outcome, eased = 1 / (1 + k.mission_level);
  for (let o = 0; o < layout.outcomes; o++) {
    for (let r = 0, j = o * runs; r < runs; r++, j++) {
      if (state.mobilised[j]) continue;
      const chance = volunteerChance(k.mobilising_ratio[o],
        (state.attention[j] + k.mission_mean[o]) * eased, k.effective_owners[o], k.drawers[o]);
      for (let at = start[o]; at < start[o + 1]; at++) {
        const c = rows[at];
        if (shocks.volunteer[c * runs + r] < chance && k.accountability[c] > 0) {
          state.mobilised[j] = 1;
        }
      }
    }
  }
}

// 4. What coordination, reports and last month's gaming leave of capacity.
export function overheads(state, layout, k, month, runs, w) {
  for (let c = 0; c < layout.contributions; c++) {
    const convened = k.convened_overhead[c];
    for (let r = 0, i = c * runs, j = layout.outcome[c] * runs; r < runs; r++, i++, j++) {
      w.called[i] = state.mobilised[j] * convened + state.escalated[j] * k.escalation_cost;
    }
  }
  orderedSum(w.called, layout.contributions_by_department, runs, w.calledFor);
  const unsettled = settling(month, k.reorganised_month, k.reorganisation_cost,
    k.reorganisation_recovery);
  for (let d = 0; d < layout.departments; d++) {
    const capacity = k.capacity[d], fixed = k.fixed_overhead[d], settled = capacity * unsettled;
    for (let r = 0, i = d * runs; r < runs; r++, i++) {
      const spent = least(capacity, fixed + w.calledFor[i] + settled);
      const gamed = least(capacity - spent, state.gaming_spend[i]);
      w.spent[i] = spent;
      w.gamed[i] = gamed;
      w.taken[i] = spent + gamed;
      w.usable[i] = capacity - spent - gamed;
    }
  }
}

// How far effort works, and how far the delivery unit supports each outcome.
export function effective(state, layout, k, runs, w) {
  for (let j = 0; j < w.support.length; j++) {
    w.support[j] = k.delivery_unit === 0 ? 0 : k.unit_support * state.supported[j];
  }
  for (let c = 0; c < layout.contributions; c++) {
    for (let r = 0, i = c * runs, j = layout.outcome[c] * runs; r < runs; r++, i++, j++) {
      w.effectiveness[i] = effectiveness(k.effectiveness_base, state.knowledge[i], w.support[j]);
    }
  }
}

// 2 and 3. What departments perceive, and what each contribution is worth to them.
export function outlook(state, layout, k, month, runs, w) {
  const plan = pathAt(k, month - 1);
  liveFigures(state, layout, k, plan, runs, w);
  const mission = missionValue(k, month);
  for (let c = 0; c < layout.contributions; c++) {
    weigh(c, plan[layout.outcome[c]], mission[c], state, layout, k, runs, w);
  }
  for (let d = 0; d < layout.departments; d++) {
    const from = layout.task_of_own[d] * runs;
    w.stake.fill(k.own_value[d], from, from + runs);
  }
}

// 2. Each contribution's own live figure, and the mean of an outcome's.
function liveFigures(state, layout, k, plan, runs, w) {
  for (let o = 0; o < layout.outcomes; o++) {
    for (let r = 0, j = o * runs; r < runs; r++, j++) {
      w.told[j] = either(state.out[o], state.reported[j], plan[o]);
    }
  }
  for (let c = 0; c < layout.contributions; c++) {
    const validity = k.own_validity[c], open = layout.openness[c], owns = layout.owns[c];
    const weight = layout.measure_weight[c];
    for (let r = 0, i = c * runs, j = layout.outcome[c] * runs; r < runs; r++, i++, j++) {
      w.own[i] = liveFigure(validity, state.real[j], shownCount(state.counted[i], open), owns,
        w.told[j]);
      w.weighed[i] = weight * w.own[i];
    }
  }
  orderedSum(w.weighed, layout.by_outcome, runs, w.mean);
}

// 3. Stake of a contribution, and the part of its effort that would go to figures.
function weigh(c, plan, missioned, state, layout, k, runs, w) {
  const o = layout.outcome[c], measured = layout.measured[o], owners = layout.owners[c];
  const share = k.accountability[c], incentive = k.incentive[c], horizon = k.horizon[c];
  const mission = k.will[c] * missioned, pull = k.figure_pull[c], value = k.value[o];
  const raised = k.raised !== 0 || k.ratchet !== 0, task = layout.task_of_contribution[c];
  const { sight, urgency, urgency_cap, stop_margin, stop_band, mix_cap } = k;
  for (let r = 0, i = c * runs, j = o * runs, t = task * runs; r < runs; r++, i++, j++, t++) {
    const shared = either(measured, w.mean[j], plan);
    const seen = perceivedProgress(sight, shared, w.own[i]);
    const aim = raised ? believedAim(k.raised + state.ratcheted[j], plan, seen) : 1;
    w.plan[i] = aim * plan;
    w.perceived[i] = seen;
    const needed = need(w.plan[i], seen, urgency, urgency_cap, stop_margin + (aim - 1), stop_band);
    const product = perceivedProduct(w.effectiveness[i], sight, state.scarcity[i], mix_cap);
    const answering = responsibility(share, reciprocity(horizon, state.trust[i], sight), owners,
      incentive);
    w.responsibility[i] = answering;
    const attended = state.attention[j] * state.mobilised[j];
    w.stake[t] = stake(value, needed, product, mission, attended, answering);
    w.distorted[i] = distortedShare(pull, mission, attended, answering);
  }
}
