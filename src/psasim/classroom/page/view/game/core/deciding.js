// A month decided by a room: seats as they chose, everybody else as the model's agents do.
//
// choices: a Map from what is decided to a choice of this turn (shapes in game.js):
//   "Wellbeing/effort" { effort, own }, "Wellbeing/figures" { figures }, "Councils" { order },
//   "centre" { outcomes }

import { EVERYONE, agreedPart } from "../../../model/month/decisions.js";
import { CENTRE_SEAT } from "./seats.js";
import { askOf, contributionsOf, linksOf } from "./views.js";

const ROUNDING = 1e-9; // of capacity by which effort may pass what is usable, as for Mesa's agents
const ORDER = { first: 2, usual: 1, last: 0 };

// `tell` is called with every figure that comes out: what it shows, and what is published.
export function deciding(layout, choices, tell) {
  const { departments, indicators, bodies } = layout.facts;
  return {
    allocate(state, ...others) {
      EVERYONE.allocate(state, ...others);
      const [, k, , , w] = others;
      departments.key.forEach((key, d) => {
        const choice = choices.get(`${key}/effort`);
        if (choice) post(choice, d, layout, state.effort, w.usable[d], k.capacity[d]);
      });
    },
    agree(...given) {
      EVERYONE.agree(...given);
      bodies.key?.forEach((key, b) => {
        const choice = choices.get(key);
        if (choice) agreeInOrder(choice, b, ...given);
      });
    },
    game(...given) {
      const [, , n, threshold, figures, month, , published] = given;
      const choice = choices.get(`${departments.key[layout.indicator_department[n]]}/figures`);
      if (choice) {
        published[n] = stretched(figures[n], threshold, choice.figures?.[indicators.key[n]] ?? 0);
      } else EVERYONE.game(...given);
      tell({ indicator: indicators.key[n], month, of: month - layout.lag[n], shown: figures[n],
        threshold, told: published[n] });
    },
    review(...given) {
      EVERYONE.review(...given);
      const choice = choices.get(CENTRE_SEAT);
      if (choice) takeUp(choice, ...given);
    },
  };
}

// Effort as posted, at once; less of all of it where more is posted than is usable.  Where the own
// agenda is left out it has what is left.
function post({ effort, own }, d, layout, into, usable, capacity) {
  const { key } = layout.facts.outcomes, mine = contributionsOf(layout, d);
  const posted = mine.map((c) => effort[key[layout.outcome[c]]] ?? 0);
  let total = own ?? 0;
  for (const given of posted) total += given;
  const scale = total > usable + ROUNDING * capacity ? usable / total : 1;
  let left = usable;
  mine.forEach((c, n) => {
    into[layout.task_of_contribution[c]] = posted[n] * scale;
    left -= posted[n] * scale;
  });
  into[layout.task_of_own[d]] = own === undefined ? Math.max(left, 0) : own * scale;
}

// A figure stretched by up to `lift`, not beyond the threshold it is judged by.
function stretched(figure, threshold, lift) {
  return Math.max(figure, Math.min(figure + lift, threshold));
}

// A body's agreements, as many as it would give anyway, to whom it puts first.
function agreeInOrder({ order }, b, layout, shocks, month, runs, w) {
  const links = linksOf(layout, b);
  const weight = links.map((l) => ORDER[order?.[askOf(layout, l)] ?? "usual"]);
  let all = 0, weighed = 0;
  links.forEach((l, n) => { all += w.chance[l]; weighed += weight[n] * w.chance[l]; });
  links.forEach((l, n) => {
    const chance = weighed > 0 ? Math.min(1, weight[n] * (all / weighed) * w.chance[l]) : 0;
    w.agreed[l] = agreedPart(chance, layout.chain.count[l], shocks.body[l]);
  });
}

// The centre reviews, escalates and supports what it took up, and nothing else.
function takeUp({ outcomes }, state, layout, k, month, runs, w) {
  const now = month % k.stocktake_period === 0 ? 1 : 0;
  layout.facts.outcomes.key.forEach((key, o) => {
    const taken = outcomes.includes(key) ? 1 : 0;
    w.stocktake[o] = k.priority[o] * now * taken;
    w.cluster[o] = k.priority[o] * taken;
    w.escalate[o] = k.priority[o] * (state.fresh[o] * w.behind[o]) * taken;
    w.chosenFor[o] = taken;
  });
}
