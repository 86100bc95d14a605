// What agents decide in a month, and the default: everyone at once, by the mechanisms.
//
// The schedule asks four questions of `decisions`, an object of four functions:
//   allocate(state, layout, k, month, runs, w)  moves `state.effort` on, from the stakes in `w`
//   agree(layout, shocks, month, runs, w)       fills `w.agreed` from `w.chance`, by link
//   game(layout, k, n, threshold, figures, month, runs, published)  row `n` of `published`
//   review(state, layout, k, month, runs, w)    fills `w.stocktake`, cluster, escalate, chosenFor

import { adjust, allocate } from "../mechanisms/allocate.js";
import { agreedShare } from "../mechanisms/clear.js";
import { orderedSum } from "../mechanisms/ordered_sum.js";
import { game } from "../mechanisms/publish.js";
import { largest } from "../mechanisms/review.js";

// 5. Effort on every task; in place.
function allocateAll(state, layout, k, month, runs, w) {
  const groups = layout.by_department;
  allocate(w.stake, k.task_size, k.capacity, w.usable, w.taken, k.substitution, groups, runs,
    w.chosen);
  adjust(state.effort, w.chosen, k.inertia, k.release, w.usable, groups, runs);
}

// 6. Part of the uncleared bodies of a link that agrees.
export function agreedPart(chance, count, draw) {
  return count === 1 ? (draw < chance ? 1 : 0) : agreedShare(chance, count, draw);
}

function agreeAll(layout, shocks, month, runs, w) {
  for (let l = 0; l < layout.links; l++) {
    const count = layout.chain.count[l];
    for (let r = 0, i = l * runs; r < runs; r++, i++) {
      w.agreed[i] = agreedPart(w.chance[i], count, shocks.body[i]);
    }
  }
}

// 8. Figures published of an indicator: the threshold where it pays to report it met.
function gameAll(layout, k, n, threshold, figures, month, runs, published) {
  const width = k.gaming_width[n];
  for (let r = 0, i = n * runs; r < runs; r++, i++) {
    published[i] = game(figures[i], threshold, width);
  }
}

// 9. Stocktakes by the calendar, clusters behind together, what is newly behind, worst gaps; each
// as far as an outcome is a priority.
function reviewAll(state, layout, k, month, runs, w) {
  for (let j = 0; j < w.behind.length; j++) {
    w.behind[j] = state.gap[j] > k.rating_tolerance ? 1 : 0;
  }
  orderedSum(w.behind, layout.by_cluster, runs, w.together);
  const now = month % k.stocktake_period === 0 ? 1 : 0;
  for (let o = 0; o < layout.outcomes; o++) {
    const kept = k.priority[o];
    for (let r = 0, j = o * runs, g = layout.cluster[o] * runs; r < runs; r++, j++, g++) {
      w.stocktake[j] = kept * now;
      w.cluster[j] = kept * (w.together[g] >= k.cluster_trigger ? 1 : 0);
      w.escalate[j] = kept * (state.fresh[o] * w.behind[j]);
      w.ranked[j] = state.gap[j] * kept;
    }
  }
  largest(w.ranked, k.unit_targets, layout.outcomes, runs, w.chosenFor);
}

export const EVERYONE = {
  allocate: allocateAll, agree: agreeAll, game: gameAll, review: reviewAll,
};
