// What the sandbox says of a setting and of what was found.

import { countsMoved } from "../setting.js";
import { percent, said, two, wholePercent } from "../words.js";

export const BOX = GIVEN.texts.sandbox;

// The difference in words, for those who do not see the picture too.
export function headline({ chosen, baseline, same, worlds }) {
  const met = percent(chosen.measures.targets_met_real);
  if (same) return said(BOX.without, { met, worlds, own: percent(chosen.measures.own_agenda) });
  const before = percent(baseline.measures.targets_met_real);
  const points = wholePercent(chosen.measures.targets_met_real)
    - wholePercent(baseline.measures.targets_met_real);
  const paper = chosen.measures.met_on_paper;
  return [said(BOX.difference, {
    met, before, change: changed(points), reach: two(chosen.measures.attainment),
    reachBefore: two(baseline.measures.attainment),
  }), ...(wholePercent(paper) > 0 ? [said(BOX.onPaper, { paper: percent(paper) })] : [])].join(" ");
}

function changed(points) {
  const kind = points === 0 ? "none" : points > 0 ? "more" : "fewer";
  return said(BOX.change[kind], { points: Math.abs(points) });
}

// What a chart shows, in words.
export function chartWords(name, found, o) {
  const last = (bands) => bands[o][bands[o].length - 1];
  const [low, middle, high] = last(found.chosen.real), told = last(found.chosen.reported)[1];
  const words = BOX.chart;
  return said(words.words, {
    name, low: two(low), middle: two(middle), high: two(high),
    published: told === told ? said(words.published, { told: two(told) }) : words.unpublished,
    otherwise: found.same ? ""
      : said(words.otherwise, { before: two(last(found.baseline.real)[1]) }),
  });
}

// How to get the digest elsewhere: at the command line, or, where there is nothing to compare with,
// in Python.
export function elsewhere({ levers, parameters, worlds, ...setting }, given) {
  const counts = [`worlds=${worlds}`,
    ...countsMoved({ worlds, ...setting }).filter((one) => !one.startsWith("worlds="))];
  if (levers.length === 0) {
    const assumed = Object.keys(parameters).length ? `${JSON.stringify(parameters)}, ` : "";
    return `psasim.simulate("${given}", "departmental", ${assumed}${counts.join(", ")}).digest`;
  }
  const from = /^[\w./-]+$/.test(given) ? given : `'${given}'`;
  return ["psasim run", `scenario=${from}`, ...levers, ...counts].join(" ");
}

// What is said of an inertia that a scenario does not take.
export function tooMuchInertia(bound) {
  return said(BOX.inertia, { bound: bound.toPrecision(3) });
}

export function counted({ setting, worlds }) {
  return said(BOX.counted, { ...setting, done: worlds });
}
