// What follows: phases 9 and 10, what the centre sees and what everybody learns.

import { MONTHS_A_YEAR } from "../mechanisms/chance.js";
import { attention, buyIn, knowledge, trust } from "../mechanisms/learn.js";
import { most, orderedMax, orderedSum } from "../mechanisms/ordered_sum.js";
import { raisedAim } from "../mechanisms/ratchet.js";
import { combine } from "../mechanisms/review.js";

// 9. What a ratchet adds to the aim, once a year, from published figures.
export function nextAim(state, k, month) {
  if (month % MONTHS_A_YEAR !== 0 || k.ratchet === 0) return;
  for (let j = 0; j < state.gap.length; j++) {
    state.ratcheted[j] = raisedAim(state.ratcheted[j], k.ratchet, -state.gap[j]);
  }
}

// 9. Problems that are seen at the end of the month, and so resolved, and what is escalated.
export function detect(state, k, shocks, w, sums) {
  for (let j = 0; j < state.problem.length; j++) {
    const chance = combine(k.steady_detection, k.stocktake_chance * w.stocktake[j],
      k.cluster_chance * w.cluster[j]);
    const seen = state.problem[j] * (shocks.detection[j] < chance ? 1 : 0);
    state.problem[j] -= seen;
    state.escalated[j] = k.escalation * most(seen, w.escalate[j]);
    sums.escalated[j] += state.escalated[j];
  }
}

// 10. Attention, trust, knowledge and buy-in at the end of the month.
export function learn(state, layout, k, runs, w) {
  for (let o = 0; o < layout.outcomes; o++) {
    for (let r = 0, j = o * runs; r < runs; r++, j++) {
      const refresh = combine(k.minister_refresh[o], k.stocktake_refresh * w.stocktake[j],
        k.refresh * state.escalated[j], k.cluster_refresh * w.cluster[j]);
      state.attention[j] = attention(state.attention[j], k.attention_floor, k.attention_decay,
        refresh);
    }
  }
  sanctioned(layout, k, runs, w);
  learnOfPartners(state, layout, k, runs, w);
  learnByDoing(state, layout, k, runs, w);
  for (let l = 0; l < layout.links; l++) {
    const from = layout.chain.contribution[l] * runs;
    for (let r = 0, i = l * runs; r < runs; r++, i++) {
      state.buy_in[i] = buyIn(state.buy_in[i], k.engagement[l], k.buy_in_rate,
        w.landed[from + r] * k.sanction_buy_in_hit);
    }
  }
}

// Sanctions that landed, and by outcome those that strayed.
function sanctioned(layout, k, runs, w) {
  for (let c = 0; c < layout.contributions; c++) {
    const heavy = k.penalty[c] * k.failure_detection, astray = 1 - k.attribution[c];
    for (let r = 0, i = c * runs; r < runs; r++, i++) {
      w.landed[i] = w.failingOf[i] * heavy;
      w.strayed[i] = w.landed[i] * astray;
    }
  }
  orderedSum(w.strayed, layout.by_outcome, runs, w.strays);
}

function learnOfPartners(state, layout, k, runs, w) {
  orderedSum(w.activity, layout.by_outcome, runs, w.active);
  const pull = k.trust_rate * k.sight;
  for (let c = 0; c < layout.contributions; c++) {
    const owners = layout.owners[c], over = 1 / most(owners - 1, 1);
    if (!(owners > 1)) continue;
    for (let r = 0, i = c * runs, j = layout.outcome[c] * runs; r < runs; r++, i++, j++) {
      const hit = (w.strays[j] - w.strayed[i]) * k.misattribution_hit;
      state.trust[i] = trust(state.trust[i], pull, (w.active[j] - w.activity[i]) * over, hit,
        k.trust_fall);
    }
  }
}

function learnByDoing(state, layout, k, runs, w) {
  orderedMax(state.knowledge, layout.by_outcome, runs, w.best);
  for (let c = 0; c < layout.contributions; c++) {
    const over = 1 / k.planned[c];
    for (let r = 0, i = c * runs, j = layout.outcome[c] * runs; r < runs; r++, i++, j++) {
      state.knowledge[i] = knowledge(state.knowledge[i], k.learning, w.realised[i] * over,
        k.sharing, w.best[j]);
    }
  }
}
