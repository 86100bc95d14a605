// Lines over a few points: what was drawn by the room, and what the model has.

import { html, svg } from "../elements.js";
import { canvas, lettering, sizedDrawing, sizedFigure, stroke } from "./figures.js";

const LEVELS = [0, 25, 50, 75, 100];

// at: the points along; lines: each { kind, label, values }, values from 0 to 100;
// texts: `x` and `y` name the axes.
export function curveFigure(caption, at, lines, texts) {
  const legend = html("ul", { class: "legend" }, ...lines.map(({ kind, label }) =>
    html("li", {}, svg("svg", { viewBox: "0 0 36 14", class: "mark", "aria-hidden": "true" },
      stroke(0, 7, 36, 7, kind)), label)));
  const inWords = lines.map(({ label, values }) => `${label}: ${values.join(", ")}`).join("; ");
  const figure = sizedFigure(caption, inWords,
    (width, em) => plot(at, lines, texts, width, em).drawing,
    [texts.x, ...lines.map(({ label }) => label)],
    at.map((point, n) => [String(point), ...lines.map(({ values }) => String(values[n]))]));
  figure.querySelector(".drawn").before(legend);
  return figure;
}

// Points to be drawn with a pointer; `move(n, value)` is told of each.  Only ever beside number
// fields that say the same, so it is hidden from those who do not see it.
export function curveCanvas(at, values, texts, move) {
  let shown;
  const place = sizedDrawing((width, em) => {
    const lines = [{ kind: "said", values: values() }];
    shown = plot(at, lines, texts, width, em);
    shown.drawing.setAttribute("aria-hidden", "true");
    return shown.drawing;
  });
  const take = (event) => {
    if (event.buttons !== 1 || !shown) return;
    const box = shown.drawing.getBoundingClientRect();
    const x = event.clientX - box.left, y = event.clientY - box.top;
    const n = at.reduce((best, _, i) =>
      (Math.abs(shown.x(i) - x) < Math.abs(shown.x(best) - x) ? i : best), 0);
    move(n, Math.round(Math.min(Math.max(shown.value(y), 0), 100)));
    event.preventDefault();
  };
  place.classList.add("canvas");
  place.addEventListener("pointerdown", take);
  place.addEventListener("pointermove", take);
  return {
    place,
    redraw() {
      const width = place.clientWidth, em = parseFloat(getComputedStyle(place).fontSize);
      shown = plot(at, [{ kind: "said", values: values() }], texts, width, em);
      shown.drawing.setAttribute("aria-hidden", "true");
      place.replaceChildren(shown.drawing);
    },
  };
}

// Whether a line's number goes below its point: where the other one's is above it, and there is
// room.
function lower(lines, kind, n) {
  const of = (what) => lines.find((one) => one.kind === what)?.values[n] ?? -Infinity;
  if (of(kind) < 10) return false;
  return kind === "said" ? of("said") < of("real") : of("real") <= of("said");
}

function plot(at, lines, texts, width, em) {
  const left = 2.6 * em, right = 1.2 * em, top = 2.8 * em, bottom = 2.8 * em;
  const height = Math.round(Math.min(Math.max(0.5 * width, 11 * em), 12.5 * em));
  const x = (n) => left + (width - left - right) * (n + 0.25) / (at.length - 0.5);
  const y = (value) => top + (height - top - bottom) * (100 - value) / 100;
  const value = (place) => 100 - 100 * (place - top) / (height - top - bottom);
  const drawn = lines.flatMap(({ kind, values }) => {
    const known = values.map((one, n) => [n, one]).filter(([, one]) => one !== null);
    return [
      svg("polyline", { class: kind,
        points: known.map(([n, one]) => `${x(n)},${y(one)}`).join(" ") }),
      ...known.map(([n, one]) =>
        svg("circle", { cx: x(n), cy: y(one), r: 0.35 * em, class: kind })),
      ...(kind === "ghost" ? [] : known.map(([n, one]) =>
        lettering(x(n), y(one) + (lower(lines, kind, n) ? 1.4 : -0.7) * em, String(one),
          { class: `number ${kind}`, "text-anchor": "middle" }))),
    ];
  });
  const drawing = canvas(width, height,
    lettering(0, 0.9 * em, texts.y),
    ...LEVELS.flatMap((level) => [stroke(left, y(level), width - right, y(level), "grid"),
      lettering(left - 0.4 * em, y(level) + 0.35 * em, String(level), { "text-anchor": "end" })]),
    ...at.map((point, n) =>
      lettering(x(n), height - 1.5 * em, String(point), { "text-anchor": "middle" })),
    lettering(width - right, height - 0.2 * em, texts.x, { "text-anchor": "end" }), ...drawn);
  return { drawing, x, value };
}
