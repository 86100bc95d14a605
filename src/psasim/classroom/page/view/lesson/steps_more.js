// Step 6, on figures that are published, and step 8, on another structure that is the same.

import { points, wholePercent } from "../words.js";
import { barsFigure } from "./bars.js";
import { runOf } from "./runs.js";
import { gainRows, gains, packagesOn } from "./steps_teaching.js";

const PRESSED = { sanctions: 1, public_reporting: 1 };
const share = (told, measure) => wholePercent(told.measures[measure]);

// Points that a share of targets gains under a setting.
function gained({ chosen, baseline }, measure) {
  return share(chosen, measure) - share(baseline, measure);
}

export const LIES = {
  name: "lies",
  open: "pressed",
  first: { pressed: runOf("teaching", PRESSED) },
  wanted: {
    pressed: runOf("teaching", PRESSED),
    checked: runOf("teaching", { ...PRESSED, external_challenge: 1 }),
  },
  questions: { real: { kind: "slider", low: -20, high: 60, step: 1 } },
  known: ({ pressed }) => ({ published: gained(pressed, "targets_met_reported") }),
  answers: ({ pressed }) => ({ real: gained(pressed, "targets_met_real") }),
  told: ({ pressed, checked }) => ({
    published: gained(pressed, "targets_met_reported"), real: gained(pressed, "targets_met_real"),
    paper: share(pressed.chosen, "met_on_paper"), paperChecked: share(checked.chosen,
      "met_on_paper"),
    realPressed: share(pressed.chosen, "targets_met_real"),
    realChecked: share(checked.chosen, "targets_met_real"),
  }),
  draw({ pressed, checked }, predicted, answers, texts) {
    const rows = [["alone", pressed.baseline], ["pressed", pressed.chosen],
      ["checked", checked.chosen]].flatMap(([who, told]) =>
      [["targets_met_reported", "published", "reported"], ["targets_met_real", "real", "good"]]
        .map(([measure, what, kind]) => {
          const value = share(told, measure);
          const mark = who === "pressed" && what === "real"
            ? { mark: share(pressed.baseline, measure) + predicted.real,
              said: points(predicted.real) } : {};
          return { label: `${texts[who]}: ${texts[what]}`, value, text: String(value), kind,
            ...mark };
        }));
    return [barsFigure(texts.figure, rows, { low: 0, high: 100 })];
  },
};

const NOON = 0, WAITS = 1;

function turned(value) {
  if (Math.abs(value) < 2) return "same";
  return value > 0 ? "gains" : "loses";
}

export const ELSEWHERE = {
  name: "elsewhere",
  open: "both",
  wanted: packagesOn("hospital"),
  questions: { noon: { kind: "choice" }, waits: { kind: "choice" } },
  answers: (found) => ({
    noon: turned(gains(found, NOON).both.value), waits: turned(gains(found, WAITS).both.value),
  }),
  told: (found) => ({
    noon: points(gains(found, NOON).both.value), waits: points(gains(found, WAITS).both.value),
    lead: points(gains(found, NOON).lead.value), joint: points(gains(found, NOON).joint.value),
  }),
  draw(found, predicted, answers, texts) {
    return [[NOON, texts.homeByNoon], [WAITS, texts.shorterWaits]].map(([outcome, title]) =>
      barsFigure(title, gainRows(gains(found, outcome), texts, outcome === NOON),
        { low: -10, high: 30 }));
  },
};
