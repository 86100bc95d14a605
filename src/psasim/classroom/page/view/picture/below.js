// Below the network: the ledger to the month at hand, and the same numbers as tables.

import { html } from "../elements.js";
import { said } from "../words.js";
import { SEEN } from "./drawing.js";
import { ledgerBars, ledgerByDepartment, ledgerLegend, ledgerTo, sharesOf } from "./ledger.js";
import { range } from "./network.js";
import { monthTables } from "./telling.js";

export function ledgerShown(layout, network, run, month, prefix) {
  const ledger = ledgerTo(layout, run, month);
  return [html("p", { class: "caption" }, said(SEEN.captions.bars, { month })),
    ledgerBars(layout, ledger, month, ownersShown(layout, network), prefix),
    ledgerLegend(sharesOf(layout, ledger, month, range(layout.departments)), prefix)];
}

export function runTables(layout, network, title, run, month, real) {
  return html("div", {}, html("p", { class: "caption" }, title),
    ...monthTables(layout, network, run, month, real),
    ledgerByDepartment(layout, ledgerTo(layout, run, month), month,
      ownersShown(layout, network)));
}

// Departments that are shown one by one.
function ownersShown(layout, network) {
  return network.one ? network.chosen.map((c) => layout.department[c])
    : range(layout.departments);
}
