// Outcomes as the middle world and a band over worlds, real and reported apart, the baseline a
// ghost.

import { svg } from "../elements.js";
import { BOX, chartWords } from "./telling.js";

const WIDTH = 320, HEIGHT = 190, LEFT = 34, BOTTOM = 24, TOP = 8, RIGHT = 8;
const LOWEST = -0.25, HIGHEST = 1.75;

// One chart, of the outcome in row `o`.
export function chart(name, found, o) {
  const months = found.setting.months;
  const x = (month) => LEFT + (WIDTH - LEFT - RIGHT) * month / months;
  const y = (value) => TOP + (HEIGHT - TOP - BOTTOM)
    * (HIGHEST - Math.min(Math.max(value, LOWEST), HIGHEST)) / (HIGHEST - LOWEST);
  const line = (bands, n) => bands[o]
    .map((band, month) => [month + 1, band[n]])
    .filter(([, value]) => value === value)
    .map(([month, value]) => `${x(month).toFixed(1)},${y(value).toFixed(1)}`);
  const { real, reported } = found.chosen;
  const band = [...line(real, 0), ...line(real, 2).reverse()].join(" ");
  return svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img",
    "aria-label": chartWords(name, found, o) },
  ...axes(x, y, months),
  svg("polygon", { points: band, class: "band" }),
  ...(found.same ? [] : [svg("polyline", { points: line(found.baseline.real, 1).join(" "),
    class: "ghost" })]),
  svg("polyline", { points: line(reported, 1).join(" "), class: "reported" }),
  svg("polyline", { points: line(real, 1).join(" "), class: "real" }));
}

function axes(x, y, months) {
  const levels = [0, 0.5, 1, 1.5].flatMap((level) => [
    svg("line", { x1: x(0), x2: x(months), y1: y(level), y2: y(level),
      class: level === 1 ? "target" : "grid" }),
    svg("text", { x: x(0) - 4, y: y(level) + 4, "text-anchor": "end" }, String(level)),
  ]);
  const ends = [0, Math.round(months / 2), months].map((month) =>
    svg("text", { x: x(month), y: HEIGHT - 6, "text-anchor": month === months ? "end" : "middle" },
      month === months ? `${BOX.chart.month} ${month}` : String(month)));
  return [...levels, ...ends,
    svg("text", { x: x(0) + 4, y: y(1) - 4 }, BOX.chart.target)];
}

// What the marks mean.
export function legend() {
  const mark = (kind) => svg("svg", { viewBox: "0 0 36 14", class: "mark", "aria-hidden": "true" },
    kind === "band" ? svg("rect", { x: 0, y: 1, width: 36, height: 12, class: "band" })
      : svg("line", { x1: 0, x2: 36, y1: 7, y2: 7, class: kind }));
  return ["real", "band", "reported", "ghost"].map((kind) => [mark(kind), BOX.chart[kind]]);
}

// A share of capacity as a bar, the baseline's as a mark on it.
export function bar(share, before) {
  return svg("svg", { viewBox: "0 0 200 16", class: "bar", "aria-hidden": "true" },
    svg("rect", { x: 0, y: 3, width: 200 * Math.max(share, 0), height: 10, class: "share" }),
    svg("line", { x1: 200 * before, x2: 200 * before, y1: 0, y2: 16, class: "before" }));
}
