// What a seat is after: a score that pays for its own agenda and for what it is seen to answer for.
//
// Scores are shown to their seat and to the debrief, beside what the whole room got; they rank
// nobody.

import { OWN_POINTS, FIGURE_POINTS, CENTRE_POINTS, BODY_POINTS } from "./rules.js";
import { contributionsOf, linksOf } from "./views.js";

// Points of a seat in a room so far, in parts; total their sum.
export function scoreOf(room, { kind, row }) {
  const parts = room.month === 0 ? {} : kind === "centre" ? centreParts(room)
    : kind === "body" ? bodyParts(room, row) : departmentParts(room, row);
  return { ...parts, total: Object.values(parts).reduce((sum, part) => sum + part, 0) };
}

// own: mean share of capacity on the own agenda; figures: published, times what it answers for;
// found: what checkers take off for stretched figures.
function departmentParts(room, d) {
  const { layout, month, sums, state, byMonths, w } = room, k = byMonths[month];
  let figures = 0;
  for (const c of contributionsOf(layout, d)) {
    const o = layout.outcome[c];
    figures += w.responsibility[c] * (state.out[o] ? state.reported[o] : 0);
  }
  return {
    own: OWN_POINTS * sums.own[d] / (k.capacity[d] * month),
    figures: FIGURE_POINTS * figures,
  };
}

function bodyParts({ layout, state, w }, b) {
  const links = linksOf(layout, b);
  let done = 0, wanted = 0;
  for (const l of links) {
    done += state.buy_in[l] * state.cleared[l];
    wanted += state.buy_in[l];
  }
  return { profession: BODY_POINTS * (wanted > 0 ? done / wanted : 0),
    clarity: BODY_POINTS * w.clarity[b] };
}

function centreParts({ layout, state }) {
  const told = [...state.reported].map((value, o) => (state.out[o] ? value : 0));
  return { published: CENTRE_POINTS * told.reduce((sum, one) => sum + one, 0) / layout.outcomes };
}

