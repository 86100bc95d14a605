// What a seat is after: points for its own agenda, and for what it cares for and answers for, as
// published.
//
// They are shown to the seat and, in the debrief, beside what came of the whole; nobody is ranked.

import { Settings } from "../../../model/coefficients/settings.js";
import { combine } from "../../../model/mechanisms/review.js";
import { missionValue } from "../../../model/month/commitment.js";
import { CARE_POINTS, OWN_POINTS, WHOLE_POINTS } from "./rules.js";
import { contributionsOf, linksOf } from "./views.js";

// Chance that a stretched figure is found, and what then is taken off, in stretches.
export function auditOf(governance) {
  const s = new Settings({}, governance);
  const challenge = s.strength("external_challenge");
  return {
    found: combine(s.parameter("audit_base"), s.parameter("audit_gain") * challenge),
    off: 1 + s.parameter("fine"),
  };
}

// Points of a seat in a room so far, in parts, and their total.
export function scoreOf(room, { kind, row }) {
  const parts = room.month === 0 ? {} : kind === "centre" ? centreParts(room)
    : kind === "body" ? bodyParts(room, row) : departmentParts(room, row);
  return { ...parts, total: Object.values(parts).reduce((sum, part) => sum + part, 0) };
}

// own: share of capacity on the own agenda; cares, answers: published, at most at target, times
// what the outcome is to the department's mission, and what it answers for; found: what checkers
// may be expected to take off for figures it has stretched.
function departmentParts(room, d) {
  const { layout, month, sums, byMonths, w, audit } = room, k = byMonths[month];
  const missioned = missionValue(k, month);
  let cares = 0, answers = 0, found = 0;
  for (const c of contributionsOf(layout, d)) {
    const told = publishedPart(room, layout.outcome[c]), mission = k.will[c] * missioned[c];
    cares += mission * told;
    answers += w.responsibility[c] * told;
    found += (mission + w.responsibility[c]) * stretchOf(room, c) * audit.found * audit.off;
  }
  return {
    own: OWN_POINTS * sums.own[d] / (k.capacity[d] * month),
    cares: CARE_POINTS * cares,
    answers: CARE_POINTS * answers,
    found: -CARE_POINTS * found + 0,
  };
}

// What is published of an outcome, from 0 to 1; 0 while nothing is.
function publishedPart({ state }, o) {
  return state.out[o] ? Math.min(Math.max(state.reported[o], 0), 1) : 0;
}

// By how much a contribution's own figures, as they stand, stretch what is published.
function stretchOf({ layout, figures }, c) {
  let all = 0;
  (layout.facts.indicators.key ?? []).forEach((key, n) => {
    if (layout.indicator_contribution[n] !== c) return;
    const last = figures.findLast((one) => one.indicator === key);
    if (last) all += (last.told - last.shown) / layout.indicator_count[layout.outcome[c]];
  });
  return all;
}

// profession: agreements held, weighed by how far the profession is behind them; clarity: of what
// it is asked.
function bodyParts({ layout, state, w }, b) {
  let held = 0, wanted = 0;
  for (const l of linksOf(layout, b)) {
    held += state.buy_in[l] * state.cleared[l];
    wanted += state.buy_in[l];
  }
  return { profession: WHOLE_POINTS / 2 * (wanted > 0 ? held / wanted : 0),
    clarity: WHOLE_POINTS / 2 * w.clarity[b] };
}

function centreParts(room) {
  const { outcomes } = room.layout;
  let told = 0;
  for (let o = 0; o < outcomes; o++) told += publishedPart(room, o);
  return { published: WHOLE_POINTS * told / outcomes };
}
