// What agents decide in a month: everyone at once, by the mechanisms.

import { adjust, allocate } from "../mechanisms/allocate.js";
import { agreedShare } from "../mechanisms/clear.js";
import { orderedSum } from "../mechanisms/ordered_sum.js";
import { largest } from "../mechanisms/review.js";

// 5. Effort on every task; in place.
export function choose(state, layout, k, runs, w) {
  const groups = layout.by_department;
  allocate(w.stake, k.task_size, k.capacity, w.usable, w.taken, k.substitution, groups, runs,
    w.chosen);
  adjust(state.effort, w.chosen, k.inertia, k.release, w.usable, groups, runs);
}

// 6. Part of the uncleared bodies of a link that agrees.
export function agree(chance, count, draw) {
  return count === 1 ? (draw < chance ? 1 : 0) : agreedShare(chance, count, draw);
}

// 9. Stocktakes by the calendar, clusters behind together, what is newly behind, worst gaps; each
// as far as an outcome is a priority.
export function review(state, layout, k, month, runs, w) {
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
