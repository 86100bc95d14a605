// A seat's sheet on a screen, from the JSON that `sheetOf` makes (core/sheet.js) and nothing else.
//
// sheetScreen(sheet, send) gives an element; `send(choice)` is called with what is committed: a
// choice of a turn, or { lever } while the room votes.

import { html, options } from "../../elements.js";
import { percent, said } from "../../words.js";
import { PLAYING, figureName, packageName, roleName } from "./naming.js";
import { postings } from "./posting.js";
import { answersWords, moreFold, topLines } from "./standing.js";

const SHEET = PLAYING.sheet;

export function sheetScreen(sheet, send) {
  const parts = partsOf(sheet);
  const wrong = html("p", { class: "wrong", role: "alert" });
  const commit = () => {
    const choice = {};
    for (const { read } of parts) {
      const found = read();
      if (typeof found === "string") {
        wrong.textContent = found;
        return;
      }
      Object.assign(choice, found);
    }
    wrong.textContent = "";
    send(choice);
  };
  return html("section", { class: "sheet", "aria-labelledby": "game-sheet" },
    html("h2", { id: "game-sheet" }, said(SHEET.heading, { seat: roleName(sheet, sheet.name) })),
    ...topLines(sheet),
    ...(parts.length === 0 ? [html("p", {}, SHEET.wait)] : [
      ...parts.flatMap(({ shown }) => shown), ...moreFold(sheet), wrong,
      html("p", {}, html("button", { type: "button", class: "main", onclick: commit },
        sheet.vote ? SHEET.voteFor : SHEET.commit)),
      ...(sheet.sent ? [html("p", { class: "about" }, SHEET.waiting)] : []),
    ]));
}

// What a sheet shows and asks: each part has elements and `read()`, a part of the choice or what is
// wrong with it in words.
function partsOf(sheet) {
  if (sheet.vote) return [votePart(sheet.vote)];
  if (sheet.phase !== "choose") return [];
  if (sheet.kind === "body") return [bodyPart(sheet)];
  if (sheet.kind === "centre") return [centrePart(sheet)];
  return [
    ...(sheet.kind !== "figures" ? [effortPart(sheet)] : []),
    ...(sheet.kind !== "effort" ? [figuresPart(sheet)] : []),
  ];
}

function votePart({ offered, lever }) {
  const items = offered.map((name) => {
    const input = html("input", { type: "radio", name: "game-vote", value: name,
      checked: name === lever });
    const { description } = GIVEN.declarations.levers.find((one) => one.name === name);
    return html("div", { class: "option" }, html("label", {}, input, " ", packageName(name)),
      html("p", { class: "about" }, description));
  });
  const box = html("fieldset", {}, html("legend", {}, SHEET.vote), ...items);
  return {
    shown: [box],
    read: () => ({ lever: box.querySelector("input:checked")?.value ?? offered[0] }),
  };
}

function effortPart(sheet) {
  const { outcomes, choice, name } = sheet;
  const posting = postings(sheet, choice);
  return {
    shown: [
      html("div", { class: "posts" }, ...outcomes.map((outcome, n) =>
        html("fieldset", {}, html("legend", {}, outcome.name),
          html("p", {}, answersWords(outcome, name)), ...posting.fields[n]))),
      posting.own,
    ],
    read: posting.read,
  };
}

function figuresPart({ figures, outcomes, choice, found }) {
  const items = figures.map(({ key, outcome, of, shown, told }) => {
    const id = `game-lift-${key}`, input = html("select", { id });
    options(input, Object.entries(SHEET.lifts).sort(([a], [b]) => a - b),
      String(choice?.figures?.[key] ?? 0));
    const name = figureName(key);
    const called = outcomes.find((one) => one.key === outcome).name;
    return { key, input, shown: html("div", { class: "field" },
      html("p", {}, html("strong", {}, said(SHEET.figure, { name, outcome: called })), " ",
        of === null ? SHEET.never : said(SHEET.last, { month: of, shown: percent(shown),
          told: percent(told) })),
      html("label", { for: id }, said(SHEET.lift, { name })), " ", input) };
  });
  return {
    shown: items.length === 0 ? [] : [html("fieldset", {}, html("legend", {}, SHEET.figures),
      html("p", { class: "about" }, said(SHEET.figuresAbout, { found: Math.round(100 * found) })),
      ...items.map((item) => item.shown))],
    read: () => ({ figures: Object.fromEntries(items
      .map(({ key, input }) => [key, Number(input.value)]).filter(([, lift]) => lift > 0)) }),
  };
}

function bodyPart({ view, asks, choice }) {
  const items = asks.map(({ key, department, outcome }, n) => {
    const name = `game-ask-${n}`;
    const box = html("fieldset", {}, html("legend", {}, said(SHEET.ask, { department, outcome })),
      ...(view ? [html("p", { class: "about" },
        said(SHEET.buyIn, { value: percent(view.buy_in[n]) }))] : []),
      ...Object.entries(SHEET.order).map(([place, label]) => html("label", { class: "choice" },
        html("input", { type: "radio", name, value: place,
          checked: place === (choice?.order?.[key] ?? "usual") }), " ", label)));
    return { key, box };
  });
  return {
    shown: items.map(({ box }) => box),
    read: () => ({ order: Object.fromEntries(items.map(({ key, box }) =>
      [key, box.querySelector("input:checked").value])) }),
  };
}

function centrePart({ view, outcomes, limit, choice }) {
  const items = outcomes.map(({ key, name }, o) => {
    const gap = view?.gap[o] ?? 0;
    const words = !view || gap === 0 ? SHEET.unseen : gap > 0 ? SHEET.behind : SHEET.ahead;
    return html("label", { class: "choice wide" }, html("input", { type: "checkbox", value: key,
      checked: choice?.outcomes?.includes(key) ?? false }), " ",
    said(words, { outcome: name, gap: percent(Math.abs(gap)) }));
  });
  const box = html("fieldset", {}, html("legend", {}, SHEET.taken), ...items);
  return {
    shown: [box],
    read: () => {
      const taken = [...box.querySelectorAll("input:checked")].map((input) => input.value);
      return taken.length > limit ? said(SHEET.tooMany, { limit }) : { outcomes: taken };
    },
  };
}
