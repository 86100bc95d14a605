// Where outcomes stand: real as the middle world and a band, what is published apart.

import { svg } from "../elements.js";
import { said, two } from "../words.js";

const STAND = GIVEN.texts.picture, VESSEL_HIGH = 118, TOPMOST = 1.25, VESSEL = 22;
const STRIP = 56, SLIT = 6;

// Bands of an outcome in a month; NaN where nothing is published.
function standing(run, month, o) {
  return { real: run.real[o][month - 1], reported: run.reported[o][month - 1][1] };
}

const cutLevel = (value, high) => high * Math.min(Math.max(value, 0), TOPMOST) / TOPMOST;

// One outcome as a vessel that fills, to a line that is its target.
export function gauge(x, y) {
  const level = (value) => y + VESSEL_HIGH - cutLevel(value, VESSEL_HIGH);
  const vessel = svg("rect", { x, y, width: VESSEL, height: VESSEL_HIGH, class: "vessel" });
  const band = svg("rect", { x: x + 1, width: VESSEL - 2, class: "band" });
  const fill = svg("rect", { x: x + 6, width: VESSEL - 12, class: "share" });
  const told = svg("path", { class: "told" });
  const target = svg("line", { x1: x - 5, x2: x + VESSEL + 5, y1: level(1), y2: level(1),
    class: "target" });
  const name = svg("text", { x: x + VESSEL + 16, y: level(1) - 5, "text-anchor": "end",
    class: "small" }, STAND.target);
  return {
    parts: [vessel, band, fill, target, told, name],
    show(run, month, [o], seen) {
      const { real: [low, middle, high], reported } = standing(run, month, o);
      band.setAttribute("y", level(high).toFixed(1));
      band.setAttribute("height", seen ? (level(low) - level(high)).toFixed(1) : 0);
      fill.setAttribute("y", level(middle).toFixed(1));
      fill.setAttribute("height", seen ? (y + VESSEL_HIGH - level(middle)).toFixed(1) : 0);
      const at = level(reported);
      told.setAttribute("d", reported === reported
        ? `M${x - 9} ${at} l7 -6 v12 z M${x - 2} ${at} H${x + VESSEL}` : "");
    },
    words(run, month, [o], seen) {
      const { real, reported } = standing(run, month, o);
      return [seen ? said(STAND.real, { value: two(real[1]) }) : STAND.hidden,
        reported === reported ? said(STAND.published, { value: two(reported) })
          : STAND.unpublished];
    },
  };
}

// Many outcomes beside each other, each a slit.
export function strip(x, y) {
  const group = svg("g", {});
  const level = (value) => y + STRIP - cutLevel(value, STRIP);
  return {
    parts: [group],
    show(run, month, rows, seen) {
      const slits = rows.flatMap((o, n) => {
        const { real, reported } = standing(run, month, o), at = x + n * SLIT;
        return [
          seen && svg("rect", { x: at, y: level(real[1]), width: SLIT - 2, class: "share",
            height: Math.max(0, y + STRIP - level(real[1])) }),
          reported === reported && svg("line", { x1: at - 1, x2: at + SLIT - 1, y1: level(reported),
            y2: level(reported), class: "told" }),
        ].filter(Boolean);
      });
      const end = x + rows.length * SLIT;
      group.replaceChildren(...slits,
        svg("line", { x1: x - 3, x2: end, y1: level(1), y2: level(1), class: "target" }),
        svg("line", { x1: x - 3, x2: end, y1: y + STRIP, y2: y + STRIP, class: "grid" }));
    },
    words(run, month, rows, seen) {
      const met = rows.filter((o) => standing(run, month, o).real[1] >= 1).length;
      return [seen ? said(STAND.met, { met, all: rows.length }) : STAND.hidden];
    },
  };
}
