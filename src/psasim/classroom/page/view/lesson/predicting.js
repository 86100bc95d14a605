// Ways to predict: a slider, a choice, a curve.  Each gives its element and what was predicted so
// far, and nothing before it was touched: a start that stands there would be an answer.

import { html } from "../elements.js";
import { said } from "../words.js";
import { curveCanvas } from "./curve.js";

const PREDICT = GIVEN.texts.lesson.predict;

// A control for a question; `changed()` is called at every change.
//
// Returns { element, value() }: undefined until the prediction is whole.
export function predicting(id, question, texts, known, changed) {
  const kinds = { slider: bySlider, choice: byChoice, curve: byCurve };
  return kinds[question.kind](id, question, texts, known, changed);
}

function bySlider(id, { low, high, step }, texts, known, changed) {
  let value;
  const take = (text) => {
    const number = Number(text);
    if (text === "" || !(number >= low && number <= high)) return;
    value = Math.round(number);
    range.value = value;
    if (field !== document.activeElement) field.value = value;
    changed();
  };
  const range = html("input", { type: "range", id, min: low, max: high, step, value: low,
    oninput: () => take(range.value) });
  const field = html("input", { type: "number", id: `${id}-number`, min: low, max: high, step,
    "aria-label": said(PREDICT.asNumber, { ask: texts.ask }), oninput: () => take(field.value) });
  const element = html("div", { class: "predict slider" }, html("label", { for: id }, texts.ask),
    html("p", { class: "pair" }, field, " ", texts.unit), range,
    html("p", { class: "ends", "aria-hidden": "true" },
      html("span", {}, String(low).replace("-", "−")), html("span", {}, String(high))));
  return { element, value: () => value };
}

function byChoice(id, question, texts, known, changed) {
  let value;
  const element = html("fieldset", { class: "predict pick" }, html("legend", {}, texts.ask),
    ...Object.entries(texts.options).map(([name, label]) => html("label", {},
      html("input", { type: "radio", name: id, value: name, onchange: () => {
        value = name;
        changed();
      } }), html("span", {}, label))));
  return { element, value: () => value };
}

function byCurve(id, { at, low, high }, texts, known, changed) {
  const values = at.map((_, n) => (n === 0 ? known : null));
  const fields = at.map((point, n) => html("input", {
    type: "number", id: `${id}-${n}`, min: low, max: high, step: 1, disabled: n === 0,
    value: n === 0 ? known : "", oninput: (event) => {
      const number = Number(event.target.value);
      const fits = event.target.value !== "" && number >= low && number <= high;
      set(n, fits ? Math.round(number) : null);
    } }));
  const drawing = curveCanvas(at, () => values, texts, (n, value) => {
    if (n === 0) return;
    fields[n].value = value;
    set(n, value);
  });
  function set(n, value) {
    values[n] = value;
    drawing.redraw();
    changed();
  }
  const element = html("fieldset", { class: "predict curve" }, html("legend", {}, texts.ask),
    html("div", { class: "drawing" }, drawing.place, html("div", { class: "points" },
      html("p", { class: "about" }, PREDICT.draw), ...at.map((point, n) =>
        html("label", {}, point === 1 ? texts.one : said(texts.point, { point }), " ",
          fields[n])))));
  return { element, value: () => (values.includes(null) ? undefined : values.slice()) };
}
