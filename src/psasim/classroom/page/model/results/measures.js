// What a run reports: each declared measure, one value a run, in the order of its declaration.

import {
  least, most, orderedMax, orderedMin, orderedSum, unit,
} from "../mechanisms/ordered_sum.js";
import { csr07Band, fcoBand } from "../mechanisms/rate.js";
import { missionValue } from "../month/commitment.js";

// Sum over rows in their order, (rows, runs) -> (runs,).
function sum(values, runs) {
  const out = values.slice(0, runs);
  if (out.length < runs) return new Float64Array(runs);
  for (let at = runs; at < values.length; at += runs) {
    for (let r = 0; r < runs; r++) out[r] += values[at + r];
  }
  return out;
}

// Rows times a column.
function timesColumn(values, runs, weight) {
  const out = new Float64Array(values.length);
  for (let row = 0, i = 0; row < weight.length; row++) {
    for (let r = 0; r < runs; r++, i++) out[i] = values[i] * weight[row];
  }
  return out;
}

// Mean over rows, weighted by a column; 0 where nothing has weight.
function mean(values, runs, weight) {
  let total = values.length / runs, weighed = values;
  if (weight) {
    total = weight.reduce((all, one) => all + one, 0);
    weighed = timesColumn(values, runs, weight);
  }
  return total > 0 ? sum(weighed, runs).map((value) => value / total) : new Float64Array(runs);
}

// Mean closing figure of each outcome, 0 where it has no indicator; (O, R).
export function reportedAtClose(t, layout) {
  const out = orderedSum(t.closing, layout.indicators_by_outcome, t.runs,
    new Float64Array(layout.outcomes * t.runs));
  return out.map((value, i) => value / most(layout.indicator_count[Math.floor(i / t.runs)], 1));
}

// Mean over assessed outcomes of whether the share of their indicators that count passes.
function bySharedRule(t, layout, counts, passes) {
  const { runs } = t;
  const counted = orderedSum(counts, layout.indicators_by_outcome, runs,
    new Float64Array(layout.outcomes * runs));
  const met = counted.map((number, j) =>
    (passes(number / most(layout.indicator_count[Math.floor(j / runs)], 1)) ? 1 : 0));
  return mean(met, runs, layout.measured);
}

// Owners read their own figures, with their own offset, where measures are not common.
function disagreement(t, layout, k, close) {
  const { runs } = t, C = layout.contributions;
  const own = orderedSum(t.closing, layout.indicators_by_contribution, runs,
    new Float64Array(C * runs));
  const met = own.map((value, i) => {
    const c = Math.floor(i / runs), all = close[layout.outcome[c] * runs + (i % runs)];
    const mine = layout.indicators_owned[c] > 0 ? value / most(layout.indicators_owned[c], 1) : all;
    const reading = k.disagreement * mine + (1 - k.disagreement) * all
      + k.reading_offset[layout.department[c]];
    return reading >= 1 ? 1 : 0;
  });
  const empty = () => new Float64Array(layout.outcomes * runs);
  const highest = orderedMax(met, layout.by_outcome, runs, empty());
  const lowest = orderedMin(met, layout.by_outcome, runs, empty());
  return mean(highest.map((value, j) => value - lowest[j]), runs,
    layout.joint.map((joint, o) => joint * layout.measured[o]));
}

// Least over greatest own-mission value, as it stands in the last month.
function consensus(t, layout, k) {
  const mission = missionValue(k, t.months), empty = () => new Float64Array(layout.outcomes);
  const lowest = orderedMin(mission, layout.by_outcome, 1, empty());
  const highest = orderedMax(mission, layout.by_outcome, 1, empty());
  const alike = lowest.map((low, o) => (highest[o] > 0 ? low / highest[o] : 1));
  return new Float64Array(t.runs).fill(mean(alike, 1, layout.joint)[0] + 0);
}

function waiting(t, layout, k) {
  const held = orderedMax(k.accountability, layout.by_outcome, 1,
    new Float64Array(layout.outcomes));
  const weight = layout.joint.map((joint, o) => joint * (held[o] > 0 ? 1 : 0));
  const number = sum(weight, 1)[0];
  return sum(timesColumn(t.waiting, t.runs, weight), t.runs)
    .map((value) => value / (number > 0 ? number : 1));
}

function silo(t) {
  const own = sum(t.sums.own, t.runs);
  const shared = ["distortion", "chain", "practice", "mix", "realised"]
    .map((name) => sum(t.sums[name], t.runs));
  return own.map((value, r) => {
    const worked = value + shared.reduce((total, line) => total + line[r], 0);
    return value / (worked > 0 ? worked : 1);
  });
}

// Measures by name; k: the coefficients as the package has them in the end.
export function measure(t, layout, k) {
  const { runs, months } = t, real = t.final.real, of = (i) => Math.floor(i / runs);
  const close = reportedAtClose(t, layout);
  const capacity = months * sum(k.capacity, 1)[0];
  const line = (name) => sum(t.sums[name], runs).map((value) => value / capacity);
  const rate = (name) => mean(t.sums[name], runs).map((value) => value * (12 / months));
  const count = (passes) => real.map((value, j) => (passes(value, close[j]) ? 1 : 0));
  const assessed = (values) => mean(values, runs, layout.measured);
  const cut = real.map(unit);
  const atClose = t.closing.map((value, i) => (value !== t.final.figures[0][i] ? 1 : 0));
  const moved = sum(atClose, runs);
  const standing = sum(k.standing_overhead.map((s, d) => least(s, k.capacity[d])), 1)[0];
  return {
    targets_met_real: mean(count((y) => y >= 1), runs),
    targets_met_reported: assessed(count((_, told) => told >= 1)),
    met_on_paper: assessed(count((y, told) => told >= 1 && y < 1)),
    targets_met_fco: bySharedRule(t, layout,
      t.closing.map((value) => (value >= 1 - k.rating_tolerance ? 1 : 0)),
      (share) => fcoBand(share) === 4),
    targets_met_csr07: bySharedRule(t, layout,
      t.closing.map((value, i) =>
        (value > k.start[layout.indicator_outcome[of(i)]] + k.noise[of(i)] ? 1 : 0)),
      (share) => csr07Band(share) === 2),
    attainment: mean(cut, runs),
    attainment_uncut: mean(real, runs),
    worst_outcome: cut.slice(0, runs).map((_, r) => {
      let worst = cut[r];
      for (let j = r; j < cut.length; j += runs) worst = least(worst, cut[j]);
      return worst;
    }),
    overshoot: mean(real.map((y) => most(y - 1, 0)), runs),
    time_to_mobilise: waiting(t, layout, k),
    time_to_target: mean(t.short, runs),
    reporting_gap: assessed(close.map((told, j) => told - real[j])),
    gaming_events: sum(t.sums.moved, runs).map((value, r) => value + moved[r]),
    disagreement: disagreement(t, layout, k, close),
    consensus: consensus(t, layout, k),
    overhead: line("overhead"),
    slack: line("slack"),
    own_agenda: line("own"),
    gaming: line("gaming"),
    distortion: line("distortion"),
    chain_loss: line("chain"),
    practice_loss: line("practice"),
    mix_loss: line("mix"),
    realised: line("realised"),
    silo_index: silo(t),
    trust: mean(t.final.trust, runs, layout.owners.map((owners) => (owners > 1 ? 1 : 0))),
    clarity: mean(t.clarity, runs),
    knowledge: mean(t.final.knowledge, runs),
    undetected_risk_time: rate("undetected"),
    escalations: rate("escalated"),
    burden: sum(t.sums.overhead, runs).map((value) => (value - months * standing) / capacity),
    cost: new Float64Array(runs).fill(k.money + 0),
  };
}
