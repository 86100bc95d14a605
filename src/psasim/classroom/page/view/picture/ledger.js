// The ledger from the first month to the one shown: a bar of all capacity, and one of each
// department's.

import { html, svg, table } from "../elements.js";
import { percent, said, two } from "../words.js";
import { patternOf } from "./marks.js";
import { Moment, range } from "./network.js";
import { SEEN } from "./drawing.js";

export const LEDGER_LINES = GIVEN.declarations.lines;

// Department-months by line and department over the months 1 to `month`, (lines, departments).
export function ledgerTo(layout, run, month) {
  const sums = Object.fromEntries(LEDGER_LINES.map(({ name }) =>
    [name, new Float64Array(layout.departments)]));
  for (let m = 1; m <= month; m++) {
    const moment = new Moment(layout, run, m);
    for (const { name, by_contribution } of LEDGER_LINES) {
      const rows = by_contribution ? layout.contributions : layout.departments;
      for (let row = 0; row < rows; row++) {
        sums[name][by_contribution ? layout.department[row] : row] += moment.of(name, row);
      }
    }
  }
  return sums;
}

// Shares of capacity by line, of each of some departments together.
export function sharesOf(layout, ledger, month, departments) {
  const capacity = month * departments.reduce((sum, d) =>
    sum + layout.facts.departments.capacity[d], 0);
  return LEDGER_LINES.map(({ name }) =>
    departments.reduce((sum, d) => sum + ledger[name][d], 0) / capacity);
}

// Bars, first of all departments together, then of each that is shown.
export function ledgerBars(layout, ledger, month, departments, prefix) {
  const { key, name } = layout.facts.departments;
  const rows = [[SEEN.everyone, SEEN.everyone, range(layout.departments)],
    ...(layout.departments > 1 ? departments.map((d) => [key[d], name[d], [d]]) : [])];
  return html("div", { class: "ledger-bars" }, ...rows.flatMap(([short, long, who]) => {
    const shares = sharesOf(layout, ledger, month, who);
    return [html("span", { title: long }, short), bars(shares, prefix, said(SEEN.ledgerOf, {
      who: long, shares: LEDGER_LINES.map(({ name: line }, n) =>
        `${SEEN.lines[line]} ${percent(shares[n])}`).join(", ") }))];
  }));
}

function bars(shares, prefix, words) {
  let x = 0;
  return svg("svg", { role: "img", "aria-label": words }, ...LEDGER_LINES.flatMap(({ name }, n) => {
    const at = x, wide = Math.max(0, shares[n]);
    x += wide;
    return swatch(name, prefix, at, wide);
  }));
}

// x and width: parts of the whole.
function swatch(line, prefix, x, width) {
  const at = `${(100 * x).toFixed(3)}%`;
  const place = { x: at, y: 0, width: `${(100 * width).toFixed(3)}%`, height: "100%" };
  return [svg("rect", { ...place, class: `use ${line}` }),
    svg("rect", { ...place, fill: patternOf(prefix, line) }),
    svg("line", { x1: at, x2: at, y1: 0, y2: "100%", class: "parting" })];
}

// What the bars' parts are, with their share of all capacity.
export function ledgerLegend(shares, prefix) {
  return html("ul", { class: "ledger-legend" }, ...LEDGER_LINES.map(({ name }, n) =>
    html("li", {}, svg("svg", { "aria-hidden": "true" }, ...swatch(name, prefix, 0, 1)),
        html("span", {}, SEEN.lines[name], " ",
      html("b", {}, percent(shares[n]))))));
}

// The same as a table, in department-months.
export function ledgerByDepartment(layout, ledger, month, departments) {
  const heads = [SEEN.columns.department, ...LEDGER_LINES.map(({ name }) => SEEN.lines[name])];
  const row = (label, who) => [label, ...LEDGER_LINES.map(({ name }) =>
    two(who.reduce((sum, d) => sum + ledger[name][d], 0)))];
  return table(said(SEEN.captions.ledger, { month }), heads, [
    row(SEEN.everyone, range(layout.departments)),
    ...departments.map((d) => row(layout.facts.departments.name[d], [d])),
  ]);
}
