// Steps 2, 3 and 5, on a ring of owners and a chain of bodies.

import { percent, wholePercent } from "../words.js";
import { barsFigure } from "./bars.js";
import { curveFigure } from "./curve.js";
import { dotsFigure } from "./dots.js";
import { arriving, givenEffort, meanOf, runOf } from "./runs.js";

const OWNERS = [1, 2, 3, 4, 5, 6], TIERS = [0, 1, 2, 3, 4, 5];
const ANSWERING = { joint_targets: 1 }, IN_FULL = { lead: { strength: 1, kind: "all" } };
const met = ({ chosen }) => wholePercent(chosen.measures.targets_met_real);

export const NTH = {
  name: "nth",
  open: "joint6",
  first: { joint1: runOf("ring_1", ANSWERING) },
  wanted: Object.fromEntries(OWNERS.flatMap((n) => [
    [`joint${n}`, runOf(`ring_${n}`, ANSWERING)], [`full${n}`, runOf(`ring_${n}`, IN_FULL)],
  ])),
  questions: { met: { kind: "curve", at: OWNERS, low: 0, high: 100, step: 1 } },
  known: ({ joint1 }) => ({ met: met(joint1) }),
  answers: (found) => ({ met: OWNERS.map((n) => met(found[`joint${n}`])) }),
  told: (found) => ({
    one: met(found.joint1), two: met(found.joint2), six: met(found.joint6), full: met(found.full6),
  }),
  draw(found, predicted, answers, texts) {
    return [curveFigure(texts.figure, OWNERS, [
      { kind: "ghost", label: texts.full, values: OWNERS.map((n) => met(found[`full${n}`])) },
      { kind: "said", label: texts.said, values: predicted.met },
      { kind: "real", label: texts.model, values: answers.met },
    ], texts)];
  },
};

const waits = ({ chosen }) => chosen.worlds.time_to_mobilise;
const never = (found) => wholePercent(meanOf(waits(found).map((months) => (months >= 36 ? 1 : 0))));

export const AFTER = {
  name: "after",
  open: "six",
  wanted: {
    two: runOf("ring_2", ANSWERING), six: runOf("ring_6", ANSWERING),
    named: runOf("ring_6", { ...ANSWERING, lead: 1 }),
  },
  questions: { never: { kind: "choice" } },
  answers: ({ two: few, six }) =>
    ({ never: never(six) > never(few) ? "more" : "less" }),
  told: ({ two: few, six, named }) => ({
    neverTwo: never(few), neverSix: never(six), neverNamed: never(named),
  }),
  draw({ two: few, six }, predicted, answers, texts) {
    return [dotsFigure(texts.figure, [
      { label: texts.two, values: waits(few) }, { label: texts.six, values: waits(six) },
    ], 36, texts)];
  },
};

const PUSHES = {
  attention: { ...ANSWERING, ministerial_attention: 1 },
  horizon: { ...ANSWERING, funding_horizon: 1 },
};
const arrived = ({ chosen }) => wholePercent(arriving(chosen));
const end = ({ chosen }) => chosen.real[0][chosen.real[0].length - 1][1];
const effort = ({ chosen }) => givenEffort(chosen, [0, 1, 2]);

export const CHAIN = {
  name: "chain",
  open: "tiers5",
  wanted: {
    ...Object.fromEntries(TIERS.map((n) => [`tiers${n}`, runOf(`chain_${n}`, ANSWERING)])),
    attention: runOf("chain_5", PUSHES.attention), horizon: runOf("chain_5", PUSHES.horizon),
  },
  questions: { arriving: { kind: "curve", at: TIERS, low: 0, high: 100, step: 1 } },
  known: () => ({ arriving: 100 }),
  answers: (found) => ({ arriving: TIERS.map((n) => arrived(found[`tiers${n}`])) }),
  told: (found) => ({
    one: arrived(found.tiers1), five: arrived(found.tiers5),
    more: percent(effort(found.attention) / effort(found.tiers5) - 1),
    attention: arrived(found.attention), horizon: arrived(found.horizon),
    end: percent(end(found.tiers5)), endAttention: percent(end(found.attention)),
    endHorizon: percent(end(found.horizon)),
  }),
  draw(found, predicted, answers, texts) {
    const bars = [["tiers5", "neither", "ghost"], ["attention", "attention", "good"],
      ["horizon", "horizon", "good"]].map(([run, label, kind]) =>
      ({ label: texts[label], value: end(found[run]), text: percent(end(found[run])), kind }));
    return [
      curveFigure(texts.figure, TIERS, [
        { kind: "said", label: texts.said, values: predicted.arriving },
        { kind: "real", label: texts.model, values: answers.arriving },
      ], texts),
      barsFigure(texts.pushing, bars, { low: 0, high: 1.2, target: 1 }),
    ];
  },
};
