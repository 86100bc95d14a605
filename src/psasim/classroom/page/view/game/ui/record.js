// A choice, and what was seen when it was made, in words.

import { percent, said } from "../../words.js";
import { PLAYING, figureName, listed, people } from "./naming.js";

const RECORD = PLAYING.debrief.record;

function outcomeName({ layout }, key) {
  const { name, key: keys } = layout.facts.outcomes;
  return name?.[keys.indexOf(key)] || key;
}

// What a seat chose; nothing, or null, was left to the model.
export function choiceWords(game, { kind }, choice) {
  if (!choice) return RECORD.model;
  const parts = [
    ...Object.entries(choice.effort ?? {}).map(([outcome, effort]) =>
      said(RECORD.effort, { people: people(effort), outcome: outcomeName(game, outcome) })),
    ...(choice.effort ? [RECORD.own] : []),
    ...Object.entries(choice.figures ?? {}).map(([key, lift]) =>
      said(RECORD.lift, { name: figureName(key), value: percent(lift) })),
    ...Object.entries(choice.order ?? {}).filter(([, place]) => place !== "usual")
      .map(([ask, place]) => said(RECORD.order, { ask: askWords(game, ask),
        place: PLAYING.sheet.order[place] })),
    ...(choice.outcomes?.length ? [said(RECORD.takes,
      { outcomes: listed(choice.outcomes.map((key) => outcomeName(game, key))) })] : []),
  ];
  return parts.length > 0 ? parts.join("; ") : RECORD.nothing[kind];
}

function askWords(game, ask) {
  const [department, outcome] = ask.split("."), { name, key } = game.layout.facts.departments;
  return `${name?.[key.indexOf(department)] || department}, ${outcomeName(game, outcome)}`;
}

// What a seat saw at the start of a turn.
export function seenWords(game, { kind, row }, { views, seen }) {
  if (!seen && ["body", "centre"].includes(kind)) return RECORD.unseen;
  if (kind === "body") {
    return said(RECORD.sawClarity, { clarity: percent(seen.bodies[row].clarity) });
  }
  if (kind === "centre") {
    return seen.centre.outcomes.map((key, o) => said(RECORD.sawGap,
      { outcome: outcomeName(game, key), gap: percent(seen.centre.gap[o]) })).join("; ");
  }
  const view = views[row];
  return view.outcomes.map((key, n) => said(RECORD.saw, { outcome: outcomeName(game, key),
    seen: percent(view.seen[n]), plan: percent(view.plan[n]),
    answers: percent(view.responsibility[n]) }))
    .join("; ");
}
