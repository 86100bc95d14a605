// The debrief of a play, question by question: first what happened, what was true only when asked.
// The first three questions come after each play; the others are held until the last, at.last.

import { debriefOf } from "../core/debrief.js";
import { html, options } from "../../elements.js";
import { said } from "../../words.js";
import { askedFirst } from "./asked.js";
import {
  chartsOf, guessTable, ledgerOf, luckFigures, movedTable, recordTable, scoreList,
} from "./evidence.js";
import { PLAYING, playName } from "./naming.js";

const DEBRIEF = PLAYING.debrief;
const DEBRIEF_STEPS = Object.keys(DEBRIEF.questions), AFTER_EACH = 3;

export function debriefScreen(place) {
  const { game } = place.desk;
  const { play, step, revealed, last = game.phase === "over" } = place.at;
  const steps = last ? DEBRIEF_STEPS : DEBRIEF_STEPS.slice(0, AFTER_EACH);
  const all = debriefOf(game), one = all.plays[play - 1], key = DEBRIEF_STEPS[step];
  const { heading, ask } = DEBRIEF.questions[key];
  const to = (more) => place.go({ ...place.at, ...more });
  return html("section", { class: "debrief" },
    html("h2", {}, said(DEBRIEF.heading, { name: playName(play, one.name) })),
    html("div", { class: "debrief-bar" }, playControl(all.plays, play, to),
      stepList(steps, step, to)),
    html("h3", {}, heading), html("p", { class: "question" }, ask),
    ...ANSWERS[key](place, all, one, { revealed, reveal: () => to({ revealed: true }) }),
    html("p", {}, ...(step < steps.length - 1
      ? [html("button", { type: "button", class: "main",
        onclick: () => to({ step: step + 1, revealed: false }) }, DEBRIEF.next), " "] : []),
    html("button", { type: "button", onclick: () => place.go(null) }, DEBRIEF.back),
    ...(last || step < steps.length - 1 ? [] : [" ", askedFirst(DEBRIEF.last.all, DEBRIEF.last,
      () => to({ step: AFTER_EACH, last: true }))])));
}

function playControl(plays, play, to) {
  const select = html("select", { id: "game-play",
    onchange: () => to({ play: Number(select.value), step: 0, revealed: false }) });
  options(select, plays.map(({ name }, n) => [String(n + 1), playName(n + 1, name)]),
    String(play));
  return html("p", {}, html("label", { for: "game-play" }, DEBRIEF.play), " ", select);
}

function stepList(steps, step, to) {
  return html("div", { class: "steps", role: "group", "aria-label": DEBRIEF.steps },
    ...steps.map((key, n) => html("button", { type: "button",
      "aria-label": DEBRIEF.questions[key].heading, ...(n === step && { "aria-current": "step" }),
      onclick: () => to({ step: n, revealed: false }) }, String(n + 1))));
}

// Elements that answer each question.
const ANSWERS = {
  happened: (place, all, one) => chartsOf(place, one, false),
  expected: (place, all, one) => [guessTable(place, one)],
  blamed: (place, all, one) => [scoreList(place, one),
    html("details", {}, html("summary", {}, DEBRIEF.record.heading), recordTable(place, one))],
  effort: (place, all, one) => [ledgerOf(place, one)],
  true: (place, all, one, { revealed, reveal }) => (revealed
    ? [...chartsOf(place, one, true), movedTable(place, one)]
    : [html("p", {}, html("button", { type: "button", class: "main", onclick: reveal },
      DEBRIEF.questions.true.reveal))]),
  luck: (place, all, one) => luckFigures(place, one, all.others),
  unreal: () => [html("ul", {}, ...Object.values(DEBRIEF.questions.unreal.items)
    .map((item) => html("li", {}, item)))],
  change: () => [],
};

