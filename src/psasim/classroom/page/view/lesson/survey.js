// Six questions, before the lesson and after it, and what changed between.  Answers stay on this
// machine until they are forgotten.

import { focusOn, html, table } from "../elements.js";
import { said } from "../words.js";

const SURVEY = GIVEN.texts.lesson.survey;
const ASKED_TWICE = Object.entries(SURVEY.questions);
const MODELS_ANSWER = { partners: "else", wait: "more", parts: "needs", sight: "drops",
  penalties: "unknown", festival: "convener" };

// The questions in `root`; when: "before" or "after", under which the answers are kept.
export function showSurvey(root, when, page, memory) {
  const kept = memory.get(when) ?? {};
  const keep = (name, part, value) => {
    kept[name] = { ...kept[name], [part]: value };
    memory.set(when, kept);
    count();
  };
  const told = html("p", { class: "about", role: "status" });
  const results = when === "after" ? beforeAndAfter(root, page, memory) : null;
  const count = () => {
    const numbers = ASKED_TWICE.flatMap(([name], n) =>
      (kept[name]?.answer && kept[name]?.sure ? [] : [n + 1]));
    const done = ASKED_TWICE.length - numbers.length;
    told.textContent = [said(SURVEY.count, { done, all: ASKED_TWICE.length }),
      ...(numbers.length ? [said(SURVEY.missing, { numbers: numbers.join(", ") })] : [])].join(" ");
    if (results) results[0].disabled = numbers.length > 0;
  };
  root.append(html("h2", {}, SURVEY[when]), html("p", { class: "scene" }, SURVEY.about),
    ...ASKED_TWICE.map(([name, texts], n) => surveyQuestion(`${when}-${name}`, n + 1, texts,
      kept[name] ?? {}, (part, value) => keep(name, part, value))), told);
  count();
  if (results) root.append(...results);
  page.busy(false);
}

function surveyQuestion(id, number, texts, kept, keep) {
  const sure = html("select", { id: `${id}-sure`, onchange: () => keep("sure", sure.value) },
    ...["", 1, 2, 3, 4, 5].map((level) => html("option",
      { value: level, selected: String(level) === (kept.sure ?? "") },
      level === "" ? SURVEY.choose : SURVEY.levels[level])));
  return html("fieldset", { class: "predict pick" },
    html("legend", {}, `${number}. ${texts.ask}`),
    ...Object.entries(texts.options).map(([name, words]) => html("label", {},
      html("input", { type: "radio", name: id, value: name, checked: kept.answer === name,
        onchange: () => keep("answer", name) }), html("span", {}, words))),
    html("p", {}, html("label", { for: `${id}-sure` }, SURVEY.sure), " ", sure));
}

// What was answered before and after, once it is asked for.
function beforeAndAfter(root, page, memory) {
  const place = html("div", {});
  const show = html("button", { type: "button", class: "lock", onclick: () => {
    place.replaceChildren(...surveyResults(memory, () => {
      memory.forget();
      root.replaceChildren();
      showSurvey(root, "after", page, memory);
      focusOn(root.querySelector("h2"));
    }));
    focusOn(place.querySelector("h3"));
  } }, SURVEY.show);
  return [show, place];
}

function surveyResults(memory, forget) {
  const before = memory.get("before") ?? {}, after = memory.get("after") ?? {};
  const words = (texts, kept) => (kept?.answer
    ? `${texts.options[kept.answer]}${kept.sure ? ` (${kept.sure})` : ""}` : SURVEY.unanswered);
  const rows = ASKED_TWICE.map(([name, texts], n) => [`${n + 1}. ${texts.ask}`,
    words(texts, before[name]), words(texts, after[name]),
    texts.options[MODELS_ANSWER[name]], texts.why]);
  const right = (kept) => ASKED_TWICE
    .filter(([name]) => kept[name]?.answer === MODELS_ANSWER[name]).length;
  const score = said(SURVEY.score,
    { before: right(before), after: right(after), all: ASKED_TWICE.length });
  const copied = html("span", { role: "status" });
  const copy = () => {
    const text = [score, ...rows.map((row) => row.join("\t"))].join("\n");
    navigator.clipboard.writeText(text).then(() => { copied.textContent = SURVEY.copied; },
      () => { copied.textContent = SURVEY.notCopied; });
  };
  const button = (words_, act) => html("button", { type: "button", onclick: act }, words_);
  return [html("h3", { class: "headline" }, score),
    html("div", { class: "wide", tabindex: 0, role: "region", "aria-label": SURVEY.table },
      table(SURVEY.table, Object.values(SURVEY.heads), rows)),
    html("p", { class: "buttons" }, button(SURVEY.print, () => print()), button(SURVEY.copy, copy),
      button(SURVEY.forget, forget), " ", copied)];
}
