// What the picture shows of a month, in words and as tables.

import { table } from "../elements.js";
import { percent, said, two } from "../words.js";
import { SEEN } from "./drawing.js";
import { LEDGER_LINES } from "./ledger.js";
import { Moment, range } from "./network.js";

// A month in a sentence: of a network whole, or of the one outcome it shows.
export function monthInWords(layout, network, run, month) {
  const moment = new Moment(layout, run, month);
  const lines = Object.fromEntries(LEDGER_LINES.map(({ name, by_contribution }) =>
    [name, moment.sum(name, by_contribution ? network.chosen : range(layout.departments))]));
  const { capacity } = layout.facts.departments;
  const numbers = {
    ...lines, meant: moment.sum("meant", network.chosen), figures: lines.gaming + lines.distortion,
    capacity: capacity.reduce((sum, one) => sum + one, 0),
  };
  return said(network.one ? SEEN.inWordsOne : SEEN.inWords, {
    month, months: run.months, worlds: run.done,
    waiting: network.one ? percent(1 - moment.of("convened", network.shown)) : "",
    outcome: network.one ? layout.facts.outcomes.name[network.shown] : "",
    ...Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, two(value)])),
  });
}

// The month's flows from each owner to each outcome, through each body, and how outcomes stand.
export function monthTables(layout, network, run, month, real) {
  return [flowTable(layout, network, run, month), ...bodyTable(layout, network, run, month),
    standingTable(layout, network, run, month, real)];
}

function flowTable(layout, network, run, month) {
  const moment = new Moment(layout, run, month), { departments, outcomes } = layout.facts;
  const { department, outcome, meant, ...lines } = SEEN.columns.flows;
  return table(said(SEEN.captions.flows, { month }),
    [department, outcome, meant, ...Object.values(lines)],
    network.chosen.map((c) => [departments.name[layout.department[c]],
      outcomes.name[layout.outcome[c]],
      ...["meant", ...Object.keys(lines)].map((name) => two(moment.of(name, c)))]));
}

function bodyTable(layout, network, run, month) {
  const moment = new Moment(layout, run, month);
  const rows = range(layout.bodies).map((b) => {
    const links = network.chosen.flatMap((c) => range(layout.links).filter((l) =>
      layout.chain.contribution[l] === c && layout.chain.body[l] === b));
    const come = moment.sum("arriving", links), gone = moment.sum("passing", links);
    return links.length === 0 ? null
      : [layout.facts.bodies.name[b], two(come), two(gone), two(come - gone)];
  }).filter(Boolean);
  if (rows.length === 0) return [];
  return [table(said(SEEN.captions.bodies, { month }), Object.values(SEEN.columns.bodies), rows)];
}

function standingTable(layout, network, run, month, real) {
  const moment = new Moment(layout, run, month);
  const shown = network.one ? [network.shown] : range(layout.outcomes);
  return table(said(SEEN.captions.outcomes, { month }), Object.values(SEEN.columns.outcomes),
    shown.map((o) => {
      const [low, middle, high] = run.real[o][month - 1], told = run.reported[o][month - 1][1];
      return [layout.facts.outcomes.name[o], ...(real ? [two(middle), `${two(low)} – ${two(high)}`]
        : [SEEN.hidden, SEEN.hidden]), told === told ? two(told) : "",
          two(moment.of("convened", o))];
    }));
}
