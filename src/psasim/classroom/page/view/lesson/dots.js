// A dot for each world, over months, in rows; those that never come stand apart at the end.

import { svg } from "../elements.js";
import { said } from "../words.js";
import { canvas, lettering, sizedFigure, stroke } from "./figures.js";

const ACROSS = 4; // dots beside each other in one month

// rows: each { label, values }, a number of months by world; end: the month nobody got beyond.
export function dotsFigure(caption, rows, end, texts) {
  const counted = rows.map(({ label, values }) => ({ label, counts: byMonthReached(values, end) }));
  const heads = [texts.who, ...Object.values(texts.spans)];
  const told = rows.map(({ label, values }) => {
    const share = (from, to) => [...values].filter((m) => m >= from && m < to).length;
    return [label, ...[[0, 1], [1, 6], [6, 12], [12, end], [end, end + 1]].map(([from, to]) =>
      String(share(from, to)))];
  });
  const inWords = counted.map(({ label, counts: bins }) => said(texts.words,
    { label, never: bins[end], worlds: bins.reduce((a, b) => a + b, 0) })).join(" ");
  return sizedFigure(caption, inWords, (width, em) => drawDots(counted, end, texts, width, em),
    heads, told);
}

function byMonthReached(values, end) {
  const bins = new Array(end + 1).fill(0);
  for (const value of values) bins[Math.min(Math.floor(value), end)]++;
  return bins;
}

function drawDots(rows, end, texts, width, em) {
  const step = width / (end + 4), size = step / ACROSS;
  const x = (month) => step * (month === end ? end + 2 : month) + 0.2 * step;
  let y = 0;
  const parts = rows.flatMap(({ label, counts: bins }) => {
    const tallest = Math.ceil(Math.max(...bins) / ACROSS);
    const base = y + 1.6 * em + Math.max(tallest * size, 1.5 * em);
    const dots = bins.flatMap((count, month) => Array.from({ length: count }, (_, n) =>
      svg("circle", { cx: x(month) + (n % ACROSS + 0.5) * size,
        cy: base - (Math.floor(n / ACROSS) + 0.5) * size, r: 0.42 * size, class: "world" })));
    const head = lettering(0, y + em, label);
    y = base + 0.9 * em;
    return [head, ...dots, stroke(0, base, width, base, "axis")];
  });
  const ticks = [0, 6, 12, 24].map((month) =>
    lettering(x(month), y + 0.6 * em, String(month)));
  return canvas(width, Math.ceil(y + em), ...parts, ...ticks,
    lettering(width, y + 0.6 * em, texts.never, { "text-anchor": "end" }));
}
