// Bars, each below its label, with its number at its end.

import { html, svg } from "../elements.js";
import { said } from "../words.js";
import { canvas, lettering, sizedFigure, stroke } from "./figures.js";

const BARS = GIVEN.texts.lesson.figure;

// rows: each { label, value, text, kind, half, mark, said }: half of an interval, where what
// was predicted lies, and how it was said;
// low, high: the values at both edges; target: where a line is drawn.
export function barsFigure(caption, rows, { low, high, target }) {
  const told = rows.map(({ label, text, half, mark, said: words = mark }) => [label, text,
    ...(rows.some((row) => row.half) ? [half === undefined ? "" : `± ${half.toFixed(1)}`] : []),
    ...(rows.some((row) => row.mark !== undefined)
      ? [mark === undefined ? "" : String(words)] : []),
  ]);
  const heads = [BARS.what, BARS.value, ...(rows.some((row) => row.half) ? [BARS.half] : []),
    ...(rows.some((row) => row.mark !== undefined) ? [BARS.mark] : [])];
  const inWords = rows.map(({ label, text }) => `${label}: ${text}`).join("; ");
  const figure = sizedFigure(caption, inWords,
    (width, em) => drawBars(rows, low, high, target, width, em), heads, told);
  if (rows.some((row) => row.half)) {
    figure.querySelector(".drawn").after(html("p", { class: "about" }, BARS.whisker));
  }
  return figure;
}

function drawBars(rows, low, high, target, width, em) {
  const room = 3.6 * em; // for the number at a bar's end
  const x = (value) => (width - room) * (value - low) / (high - low);
  let y = 0;
  const parts = rows.flatMap(({ label, value, text, kind, half, mark, said: words = mark }) => {
    const top = y + 1.25 * em, thick = em, from = x(Math.min(value, 0)), to = x(Math.max(value,
      0));
    const end = half === undefined ? to : Math.max(x(value + half), x(0));
    y = top + thick + (mark === undefined ? 0.2 : 1.5) * em;
    return [
      lettering(0, top - 0.25 * em, label),
      svg("rect", { x: from, y: top, width: Math.max(to - from, 1), height: thick, class: kind }),
      ...(half === undefined ? [] : [
        stroke(x(value - half), top + thick / 2, x(value + half), top + thick / 2, "interval")]),
      lettering(end + 0.3 * em, top + 0.85 * em, text, { class: "number" }),
      ...(mark === undefined ? [] : predictedMark(x(mark), top, thick, words, width, em)),
    ];
  });
  const standing = [
    ...(low < 0 ? [stroke(x(0), 0, x(0), y, "axis")] : []),
    ...(target === undefined ? [] : [stroke(x(target), 0, x(target), y, "target")]),
  ];
  return canvas(width, Math.ceil(y), ...parts, ...standing);
}

function predictedMark(x, top, thick, words, width, em) {
  const anchor = x < 5 * em ? "start" : x > width - 5 * em ? "end" : "middle";
  return [stroke(x, top - 0.2 * em, x, top + thick + 0.4 * em, "guess"),
    lettering(x, top + thick + 1.35 * em, said(BARS.youSaid, { said: words }),
      { class: "guess", "text-anchor": anchor })];
}
