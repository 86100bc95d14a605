// What is published, and what of it was moved: phase 8, and the closing assessment.

import { pathAt } from "../coefficients/outcomes.js";
import { most, orderedSum } from "../mechanisms/ordered_sum.js";
import { game, gamingLoss, indicator, shownCount } from "../mechanisms/publish.js";
import { fcoBand } from "../mechanisms/rate.js";

// 8. What the indicators show for this month.
function figuresNow(state, layout, k, shocks, runs) {
  const now = state.figures.pop();
  state.figures.unshift(now);
  for (let n = 0; n < layout.indicators; n++) {
    const of = layout.indicator_outcome[n] * runs, from = layout.indicator_contribution[n] * runs;
    const validity = layout.validity[n], open = layout.open_ended[n], noise = k.noise[n];
    for (let r = 0, i = n * runs; r < runs; r++, i++) {
      now[i] = indicator(validity, state.real[of + r], shownCount(state.counted[from + r], open),
        noise * shocks.noise[i]);
    }
  }
}

// Indicators with a figure in the month: it is their department's turn, and their lag is over.
function due(month, layout, k) {
  return layout.lag.map((lag, n) => {
    const turn = (month - k.phase[layout.indicator_department[n]]) % k.publishing_interval === 0;
    return turn && lag < month ? 1 : 0;
  });
}

// What an indicator is judged by for a month: the plan, and the threshold.
function judgedBy(n, month, layout, k) {
  const plan = pathAt(k, month)[layout.indicator_outcome[n]];
  return [plan, plan + (1 - k.milestone) * (1 - plan)];
}

// 8. Figures of departments whose turn it is, some of them moved to the threshold.
export function publishFigures(state, layout, k, shocks, month, runs, w, sums, decisions) {
  figuresNow(state, layout, k, shocks, runs);
  const turn = due(month, layout, k);
  w.moved.fill(0);
  w.failing.fill(0);
  w.cost.fill(0);
  for (let n = 0; n < layout.indicators; n++) {
    if (!turn[n]) continue;
    const [plan, threshold] = judgedBy(n, month - layout.lag[n], layout, k);
    const figures = state.figures[layout.lag[n]];
    state.standing[n] = plan;
    decisions.game(layout, k, n, threshold, figures, month, runs, state.published);
    for (let r = 0, i = n * runs; r < runs; r++, i++) {
      const told = state.published[i];
      w.moved[i] = told !== figures[i] ? 1 : 0;
      w.failing[i] = told < plan - k.rating_tolerance ? 1 : 0;
      w.cost[i] = gamingLoss(figures[i], told, k.gaming_cost);
    }
  }
  tell(state, layout, turn, runs, w);
  charge(state, layout, k, runs, w, sums);
}

// What of an outcome is out, the mean of its figures, and the gap to the plan for their months.
function tell(state, layout, turn, runs, w) {
  const groups = layout.indicators_by_outcome;
  for (let n = 0; n < layout.indicators; n++) {
    for (let r = 0, i = n * runs; r < runs; r++, i++) {
      w.behindPlan[i] = state.standing[n] - state.published[i];
    }
  }
  orderedSum(state.published, groups, runs, state.reported);
  orderedSum(w.behindPlan, groups, runs, state.gap);
  for (let o = 0; o < layout.outcomes; o++) {
    let number = 0, fresh = 0;
    for (let at = groups.start[o]; at < groups.start[o + 1]; at++) {
      if (state.standing[groups.rows[at]] > 0) number++;
      if (turn[groups.rows[at]]) fresh = 1;
    }
    state.out[o] = number > 0 ? 1 : 0;
    state.fresh[o] = fresh;
    for (let r = 0, j = o * runs; r < runs; r++, j++) {
      state.reported[j] /= most(number, 1);
      state.gap[j] /= most(number, 1);
    }
  }
}

// What failing and moved figures bring upon their owners.
function charge(state, layout, k, runs, w, sums) {
  orderedSum(w.failing, layout.indicators_by_contribution, runs, w.failingOf);
  for (let c = 0; c < layout.contributions; c++) {
    const over = 1 / most(layout.indicators_owned[c], 1);
    for (let r = 0, i = c * runs; r < runs; r++, i++) w.failingOf[i] *= over;
  }
  orderedSum(w.moved, layout.indicators_by_department, runs, w.movedBy);
  orderedSum(w.cost, layout.indicators_by_department, runs, w.costBy);
  for (let d = 0; d < layout.departments; d++) {
    const dear = k.gaming_effort * k.capacity[d];
    for (let r = 0, i = d * runs; r < runs; r++, i++) {
      sums.moved[i] += w.movedBy[i];
      state.gaming_spend[i] = dear * w.costBy[i];
    }
  }
}

// Figures the closing assessment will publish *for* the last month, (I, R); it is of the target
// itself, milestones being over.
export function closingFigures(state, layout, k, runs) {
  const closing = new Float64Array(layout.indicators * runs);
  for (let n = 0; n < layout.indicators; n++) {
    for (let r = 0, i = n * runs; r < runs; r++, i++) {
      closing[i] = game(state.figures[0][i], 1, k.gaming_width[n]);
    }
  }
  return closing;
}

// FCO band of each outcome, into `out` from `at` on; a figure not yet out does not count.
export function rated(state, layout, k, runs, out, at) {
  const groups = layout.indicators_by_outcome;
  for (let o = 0; o < layout.outcomes; o++) {
    for (let r = 0, j = at + o * runs; r < runs; r++, j++) {
      let counts = 0;
      for (let row = groups.start[o]; row < groups.start[o + 1]; row++) {
        const n = groups.rows[row], standing = state.standing[n];
        const onCourse = state.published[n * runs + r] >= standing - k.rating_tolerance;
        if (onCourse && standing > 0) counts++;
      }
      out[j] = fcoBand(counts / most(layout.indicator_count[o], 1));
    }
  }
}
