// What becomes of effort: phases 6 and 7, down the chain and into the outcome.

import { agreementChance, clear, coherence, drawnAlong } from "../mechanisms/clear.js";
import { orderedProduct, orderedSum } from "../mechanisms/ordered_sum.js";
import { advance, aggregate, split } from "../mechanisms/produce.js";
import { combine } from "../mechanisms/review.js";

// 6. Clarity of direction of each body: its parents' coherence, passed on from above.
function clarities(state, layout, k, runs, w) {
  const { directions: asked, descents } = layout.chain;
  directed(state, layout, asked, runs, w);
  orderedSum(w.entries, asked.by_leg, runs, w.legs);
  orderedSum(w.legs, asked.legs_by_vector, runs, w.vectors);
  lengthsOf(w.vectors, asked.vectors_by_body, runs, w.resultant, w.squares);
  lengthsOf(w.legs, asked.legs_by_parent, runs, w.lengths, w.squares);
  orderedSum(w.lengths, asked.parents_by_body, runs, w.allLengths);
  w.clarity.fill(1);
  for (let n = 0; n < asked.bodies.length; n++) {
    for (let r = 0, i = asked.bodies[n] * runs, j = n * runs; r < runs; r++, i++, j++) {
      w.clarity[i] = coherence(w.resultant[j], w.allLengths[j]);
    }
  }
  for (let b = 0; b < layout.bodies; b++) {
    const lift = k.clarity_lift[b];
    for (let r = 0, i = b * runs; r < runs; r++, i++) w.clarity[i] = combine(w.clarity[i], lift);
  }
  for (const tier of descents) descend(tier, runs, w.clarity);
}

// Efforts behind each parent of a body that has several, and the own agendas that ride along.
function directed(state, layout, asked, runs, w) {
  orderedSum(w.given, layout.contributions_by_department, runs, w.jointly);
  for (let d = 0; d < layout.departments; d++) {
    for (let r = 0, i = d * runs, t = layout.task_of_own[d] * runs; r < runs; r++, i++, t++) {
      w.drawn[i] = drawnAlong(state.effort[t], w.jointly[i]);
    }
  }
  for (let e = 0; e < asked.contribution.length; e++) {
    const from = asked.contribution[e] * runs, to = e * runs;
    for (let r = 0; r < runs; r++) w.entries[to + r] = w.given[from + r];
  }
  for (const e of asked.own) {
    const from = layout.department[asked.contribution[e]] * runs, to = e * runs;
    for (let r = 0; r < runs; r++) w.entries[to + r] *= w.drawn[from + r];
  }
}

// Root of the sum of squares by group.
function lengthsOf(values, groups, runs, out, squares) {
  for (let i = 0; i < values.length; i++) squares[i] = values[i] * values[i];
  orderedSum(squares, groups, runs, out);
  for (let i = 0; i < out.length; i++) out[i] = Math.sqrt(out[i]);
}

// Clarity of a tier's bodies times the mean clarity of their parents, a department's being 1.
function descend(tier, runs, clarity) {
  const { start, rows } = tier.by_body;
  for (let n = 0; n < tier.bodies.length; n++) {
    for (let r = 0; r < runs; r++) {
      let above = 0;
      for (let at = start[n]; at < start[n + 1]; at++) {
        above += clarity[tier.parents[rows[at]] * runs + r];
      }
      clarity[tier.bodies[n] * runs + r] *= (tier.departments[n] + above) / tier.number[n];
    }
  }
}

// 6. Cleared part of each link, in place, and of each contribution.
export function clearChain(state, layout, k, shocks, month, runs, w, decisions) {
  const chain = layout.chain;
  clarities(state, layout, k, runs, w);
  for (let l = 0; l < layout.links; l++) {
    const body = chain.body[l] * runs, outcome = chain.outcome[l] * runs;
    for (let r = 0, i = l * runs; r < runs; r++, i++) {
      w.chance[i] = agreementChance(k.agreement_max, k.agreement_floor, w.clarity[body + r],
        state.buy_in[i], w.support[outcome + r]);
    }
  }
  decisions.agree(layout, shocks, month, runs, w);
  for (let l = 0; l < layout.links; l++) {
    const count = chain.count[l], relapse = k.relapse[l], weight = chain.weight[l];
    for (let r = 0, i = l * runs; r < runs; r++, i++) {
      const draw = shocks.body[i], held = state.cleared[i];
      const kept = held * (count === 1 ? (draw >= relapse ? 1 : 0) : 1 - relapse);
      state.cleared[i] = clear(held, w.agreed[i], kept);
      w.weighted[i] = weight * state.cleared[i];
    }
  }
  orderedSum(w.weighted, chain.by_slot, runs, w.bySlot);
  orderedProduct(w.bySlot, chain.slots_by_contribution, runs, w.cleared);
}

// 7. Delivered effort, what is lost on the way, and the outcome.
export function produceOutcomes(state, layout, k, shocks, runs, w, sums) {
  const of = layout.outcome, usual = k.planned.map((planned) => k.business_as_usual * planned);
  for (let c = 0; c < layout.contributions; c++) {
    const over = 1 / usual[c];
    for (let r = 0, i = c * runs, j = of[c] * runs; r < runs; r++, i++, j++) {
      const distortion = w.given[i] * w.distorted[i];
      const meant = w.given[i] - distortion;
      const passed = meant * w.cleared[i];
      const delivered = passed * w.effectiveness[i] * (1 - k.problem_harm * state.problem[j]);
      sums.distortion[i] += distortion;
      sums.chain[i] += meant - passed;
      sums.practice[i] += passed - delivered;
      w.intensity[i] = delivered * over + 1;
    }
  }
  const work = [w.one, w.other, w.few, w.fewer], groups = layout.by_outcome;
  const { realised, mix } = w;
  const made = { aggregate: w.aggregate, scarcity: state.scarcity, realised, mix };
  aggregate(w.intensity, k.share, layout.technology, groups, of, runs, made, work);
  split(w.intensity, w.aggregate, k.share, usual, groups, of, runs, made, work);
  for (let i = 0; i < w.realised.length; i++) {
    sums.realised[i] += w.realised[i];
    sums.mix[i] += w.mix[i];
  }
  for (let o = 0; o < layout.outcomes; o++) {
    for (let r = 0, j = o * runs; r < runs; r++, j++) {
      const output = k.business_as_usual * (w.aggregate[j] - 1);
      sums.output[j] += output;
      state.real[j] = advance(state.real[j], k.keep[o], k.gain[o], output,
        k.volatility[o] * shocks.outcome[j]);
    }
  }
}
