// A figure that is drawn to the width it is given, with its words, and as a table.

import { html, svg, table } from "../elements.js";

const FIGURE = GIVEN.texts.lesson.figure;

// draw(width, em): an SVG of this width, whose type is `em` pixels high; words: what it shows;
// heads and rows: the same as a table.
export function sizedFigure(caption, words, draw, heads, rows) {
  return html("figure", { class: "sized" }, html("figcaption", {}, caption),
    sizedDrawing((width, em) => {
      const drawing = draw(width, em);
      drawing.setAttribute("role", "img");
      drawing.setAttribute("aria-label", `${caption}. ${words}`);
      return drawing;
    }),
    html("details", {}, html("summary", {}, FIGURE.table), table(caption, heads, rows)));
}

// An element that draws itself again whenever its width, or the size of type, changes.
export function sizedDrawing(draw) {
  const place = html("div", { class: "drawn" });
  new ResizeObserver(() => {
    const width = place.clientWidth;
    if (width > 0) place.replaceChildren(draw(width, parseFloat(getComputedStyle(place).fontSize)));
  }).observe(place);
  return place;
}

export function canvas(width, height, ...content) {
  return svg("svg", { viewBox: `0 0 ${width} ${height}`, width, height }, ...content);
}

export function lettering(x, y, text, attributes = {}) {
  return svg("text", { x, y, ...attributes }, text);
}

export function stroke(x1, y1, x2, y2, kind) {
  return svg("line", { x1, y1, x2, y2, class: kind });
}
