// Lines over months and bars, with words for those who do not see them.

import { svg } from "../../elements.js";
import { PLAYING } from "./naming.js";

const WIDE = 320, HIGH = 190, LEFT_OF = 34, BELOW = 24, ABOVE = 8, RIGHT_OF = 8;

// Lines { values by month (null: nothing), kind: a class } from month 1 on, with the target.
export function lineChart(words, months, lines) {
  const top = Math.max(1.25, ...lines.flatMap(({ values }) => values.map((one) => one ?? 0)));
  const x = (month) => LEFT_OF + (WIDE - LEFT_OF - RIGHT_OF) * month / months;
  const y = (value) => ABOVE + (HIGH - ABOVE - BELOW) * (top - value) / (top + 0.15);
  const path = (values) => values.map((value, month) => [x(month + 1), value])
    .filter(([, value]) => value !== null)
    .map(([at, value]) => `${at.toFixed(1)},${y(Math.max(value, -0.15)).toFixed(1)}`).join(" ");
  return svg("svg", { viewBox: `0 0 ${WIDE} ${HIGH}`, role: "img", "aria-label": words },
    ...[0, 1].flatMap((level) => [
      svg("line", { x1: x(0), x2: x(months), y1: y(level), y2: y(level),
        class: level === 1 ? "target" : "grid" }),
      svg("text", { x: x(0) - 4, y: y(level) + 4, "text-anchor": "end" }, String(level))]),
    svg("text", { x: x(0) + 4, y: y(1) - 4 }, PLAYING.debrief.target),
    svg("text", { x: x(months), y: HIGH - 6, "text-anchor": "end" },
      `${PLAYING.debrief.month} ${months}`),
    ...lines.map(({ values, kind }) => svg("polyline", { points: path(values), class: kind })));
}

// A value as a bar, `most` being its whole length; a line stands where `mark` is.
export function valueBar(value, most, mark = null) {
  const at = (one) => 200 * Math.min(Math.max(one, 0), most) / most;
  return svg("svg", { viewBox: "0 0 200 16", class: "game-bar", "aria-hidden": "true" },
    svg("rect", { x: 0, y: 3, width: at(value), height: 10, class: "share" }),
    ...(mark === null ? [] : [svg("line", { x1: at(mark), x2: at(mark), y1: 0, y2: 16,
      class: "before" })]));
}

export function lineLegend(items) {
  return items.map(([kind, words]) => [svg("svg", { viewBox: "0 0 36 14", class: "mark",
    "aria-hidden": "true" }, svg("line", { x1: 0, x2: 36, y1: 7, y2: 7, class: kind })), words]);
}
