// What a sheet says: three lines on top (the job, what it pays, where it stands), and more under a
// fold.

import { CARE_POINTS } from "../core/rules.js";
import { html } from "../../elements.js";
import { percent, said } from "../../words.js";
import {
  PLAYING, listed, packageName, people, publishedWords, scoreParts, wholePoints,
} from "./naming.js";

const SEATED = PLAYING.sheet;

// While a turn is open; else the points of the play, where there are any.
export function topLines(sheet) {
  const { phase, play, turn, turns, scores } = sheet;
  const score = scores.find((one) => one.play === play);
  const points = score && turn > 1
    ? [said(SEATED.points, { total: wholePoints(score.total) })] : [];
  if (phase !== "choose") return points.map((words) => html("p", {}, words));
  const lines = { job: jobWords(sheet), pays: paysWords(sheet),
    stands: [...standWords(sheet), ...points].join(" ") || SEATED.begins };
  return [html("p", { class: "about" }, said(SEATED.when, { play, turn, turns })),
    html("ul", { class: "top" }, ...Object.entries(lines).map(([line, words]) =>
      html("li", {}, html("strong", {}, SEATED.top[line]), " ", words)))];
}

function jobWords({ kind, view, last, limit }) {
  return said(SEATED.job[kind] ?? SEATED.job.effort, { last, limit,
    ...(view?.usable && { usable: people(view.usable) }) });
}

function paysWords({ kind, view, outcomes }) {
  if (["body", "centre"].includes(kind)) return SEATED.pays[kind];
  return said(SEATED.pays.own, { outcomes: outcomes.map(({ name }, n) => said(SEATED.pays.outcome, {
    outcome: name,
    points: wholePoints(CARE_POINTS * (view.mission[n] + view.responsibility[n])) })).join(", ") });
}

function standWords({ kind, view, outcomes }) {
  if (kind === "centre" || !view) return [];
  return [kind === "body" ? said(SEATED.clarity, { clarity: percent(view.clarity) })
    : publishedWords(outcomes)];
}

// Who answers for an outcome: "you" for the seat itself.
export function answersWords({ answers, partners }, own) {
  const others = answers.filter((name) => name !== own);
  const all = listed([...(others.length < answers.length ? [SEATED.you] : []), ...others]);
  return said(SEATED.answers, { all, partners: listed(partners) });
}

// What else a seat may know.
export function moreFold(sheet) {
  const { phase, play, turn, package: governs, scores, kind, outcomes, view } = sheet;
  if (phase !== "choose") return [];
  const score = scores.find((one) => one.play === play);
  const department = !["body", "centre"].includes(kind);
  return [html("details", {}, html("summary", {}, SEATED.fold),
    html("p", {}, governs.levers.length
      ? said(SEATED.governs, { levers: listed(governs.levers.map(packageName)) }) : SEATED.free),
    ...(turn > 1 ? [html("p", {}, said(SEATED.parted, { parts: scoreParts(score) }))] : []),
    ...(department ? [html("p", {}, said(SEATED.people, { all: people(view.capacity),
      taken: people(view.taken) })),
    ...outcomes.map((outcome, n) => html("p", {}, html("strong", {}, outcome.name), ": ",
      outcomeWords(n, sheet)))] : []))];
}

function outcomeWords(n, { view, first }) {
  return said(SEATED.outcome, {
    seen: percent(view.seen[n]), plan: percent(view.plan[n]), first,
    cares: wholePoints(CARE_POINTS * view.mission[n]),
    answers: wholePoints(CARE_POINTS * view.responsibility[n]),
    planned: people(view.size[n]), effort: people(view.effort[n]),
    convened: view.mobilised[n] ? SEATED.convened : SEATED.unconvened,
    attention: percent(view.attention[n]), trust: percent(view.trust[n]) });
}
