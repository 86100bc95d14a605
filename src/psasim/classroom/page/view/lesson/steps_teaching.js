// Steps 1, 4 and 7, on the scenario `teaching`.

import { percent, points, said } from "../words.js";
import { barsFigure } from "./bars.js";
import { givenEffort, paired, runOf } from "./runs.js";

export const JOBS = 0, CHILDREN = 1; // rows of outcomes
const BY_LEARNING = 2, BY_PLACES = 3, BY_WELLBEING = 4; // rows of effort on children's weight
const OF_LEARNING = 0, OF_PLACES = 1, OF_WELLBEING = 2; // rows of departments
const THREE_YEARS = 36, CAPACITY = [1, 0.8, 1.2];

// Department-months of a line in 100 hours of a department.
function hours(told, line, row, department) {
  return 100 * told.rows[line][row] / (THREE_YEARS * CAPACITY[department]);
}

const WELLBEINGS = [
  ["realised", BY_WELLBEING], ["mix", BY_WELLBEING], ["chain", BY_WELLBEING],
  ["practice", BY_WELLBEING],
  ["own", OF_WELLBEING], ["overhead", OF_WELLBEING], ["slack", OF_WELLBEING],
];

export const BUSY = {
  name: "busy",
  open: "silos",
  wanted: { silos: runOf("teaching") },
  questions: { hours: { kind: "slider", low: 0, high: 100, step: 1 } },
  answers: ({ silos }) =>
    ({ hours: Math.round(hours(silos.chosen, "realised", BY_WELLBEING, OF_WELLBEING)) }),
  told({ silos: { chosen } }) {
    const of = (line, row, who) => Math.round(hours(chosen, line, row, who));
    const given = (row, who) =>
      Math.round(100 * givenEffort(chosen, [row]) / (THREE_YEARS * CAPACITY[who]));
    return {
      answer: of("realised", BY_WELLBEING, OF_WELLBEING),
      own: of("own", OF_WELLBEING, OF_WELLBEING),
      chain: of("chain", BY_WELLBEING, OF_WELLBEING),
      practice: of("practice", BY_WELLBEING, OF_WELLBEING),
      mix: of("mix", BY_WELLBEING, OF_WELLBEING),
      given: given(BY_WELLBEING, OF_WELLBEING), learning: given(BY_LEARNING, OF_LEARNING),
      places: given(BY_PLACES, OF_PLACES),
    };
  },
  draw({ silos }, predicted, answers, texts) {
    const rows = WELLBEINGS.map(([line, row]) => {
      const value = hours(silos.chosen, line, row, OF_WELLBEING);
      return { label: texts.lines[line], value, text: String(Math.round(value)),
        kind: line === "realised" ? "good" : line === "own" ? "own" : "lost",
        ...(line === "realised" ? { mark: predicted.hours } : {}) };
    });
    return [barsFigure(texts.figure, rows, { low: 0, high: 100 })];
  },
};

// Rows of effort on children's weight, and the capacity of those who give it.
const GIVERS = {
  wellbeing: [[BY_WELLBEING], CAPACITY[OF_WELLBEING]],
  partners: [[BY_LEARNING, BY_PLACES], CAPACITY[OF_LEARNING] + CAPACITY[OF_PLACES]],
};

// Hours of 100 that are given to children's weight.
function hoursGiven(told, who) {
  const [rows, capacity] = GIVERS[who];
  return Math.round(100 * givenEffort(told, rows) / (THREE_YEARS * capacity));
}

export const SIGHT = {
  name: "sight",
  open: "seen",
  wanted: { seen: runOf("teaching", { data_sharing: 1 }) },
  questions: { effort: { kind: "choice" } },
  answers: ({ seen }) => ({
    effort: givenEffort(seen.chosen, CHILDRENS) < givenEffort(seen.baseline, CHILDRENS)
      ? "down" : "up",
  }),
  told({ seen: { chosen, baseline } }) {
    const change = givenEffort(chosen, CHILDRENS) / givenEffort(baseline, CHILDRENS) - 1;
    return {
      change: percent(Math.abs(change)),
      before: hoursGiven(baseline, "wellbeing"), after: hoursGiven(chosen, "wellbeing"),
      partnersBefore: hoursGiven(baseline, "partners"),
      partnersAfter: hoursGiven(chosen, "partners"),
      endBefore: percent(baseline.real[CHILDREN][THREE_YEARS - 1][1]),
      endAfter: percent(chosen.real[CHILDREN][THREE_YEARS - 1][1]),
    };
  },
  draw({ seen: { chosen, baseline } }, predicted, answers, texts) {
    const rows = Object.keys(GIVERS).flatMap((who) =>
      [[baseline, "blind", "ghost"], [chosen, "seen", "good"]].map(([told, how, kind]) => {
        const value = hoursGiven(told, who);
        return { label: `${texts[who]}, ${texts[how]}`, value, text: String(value), kind };
      }));
    return [barsFigure(texts.figure, rows, { low: 0, high: 30 })];
  },
};

const CHILDRENS = [BY_LEARNING, BY_PLACES, BY_WELLBEING];

// What all answering does alone is not settled: it gains in fewer than half of plausible settings.
const UNSETTLED = "joint";

const PACKAGES = {
  lead: { lead: 1 },
  joint: { joint_targets: 1 },
  both: { lead: 1, joint_targets: 1 },
};

// Mean gain in an outcome beside nothing, and half of its interval, in points; target is 100.
function pointsGained({ chosen, baseline }, outcome) {
  const { value, half } = paired(chosen.ends[outcome], baseline.ends[outcome]);
  return { value: 100 * value, half: 100 * half };
}

// Gains in one outcome under each package beside nothing, and where they are best.
export function gains(found, outcome) {
  return Object.fromEntries(Object.keys(PACKAGES).map((name) =>
    [name, pointsGained(found[name], outcome)]));
}

// Settings of the three packages on a scenario.
export function packagesOn(scenario) {
  return Object.fromEntries(Object.entries(PACKAGES).map(([name, levers]) =>
    [name, runOf(scenario, levers)]));
}

// needed: whether the outcome needs every part.
export function gainRows(gain, texts, needed) {
  const unsettled = needed ? UNSETTLED : "";
  return Object.entries(gain).map(([name, { value, half }]) => ({ value, half, text: points(value),
    label: name === unsettled ? said(texts.unsettled, { label: texts[name] }) : texts[name],
    kind: name === unsettled ? "ghost" : value < 0 ? "lost" : "good" }));
}

function best(gain) {
  return Object.keys(gain).reduce((one, other) =>
    (gain[other].value > gain[one].value ? other : one));
}

export const LEAD = {
  name: "lead",
  open: "both",
  wanted: {
    ...packagesOn("teaching"),
    swapped: runOf("teaching_swapped", PACKAGES.both),
  },
  questions: { which: { kind: "choice" } },
  answers: (found) => ({ which: best(gains(found, CHILDREN)) }),
  told(found) {
    const children = gains(found, CHILDREN), jobs = gains(found, JOBS);
    const never = found.joint.chosen.worlds.time_to_mobilise;
    return {
      ...Object.fromEntries(Object.entries(children).map(([name, { value }]) =>
        [name, points(value)])),
      ...Object.fromEntries(Object.entries(jobs).map(([name, { value }]) =>
        [`${name}Jobs`, points(value)])),
      wait: String(Math.round(never.reduce((a, b) => a + b, 0) / never.length)),
      swappedChildren: points(pointsGained(found.swapped, CHILDREN).value),
      swappedJobs: points(pointsGained(found.swapped, JOBS).value),
    };
  },
  draw(found, predicted, answers, texts) {
    return [[CHILDREN, texts.children], [JOBS, texts.jobs]].map(([outcome, title]) =>
      barsFigure(title, gainRows(gains(found, outcome), texts, outcome === CHILDREN),
        { low: -10, high: 30 }));
  },
};
