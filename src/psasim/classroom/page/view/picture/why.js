// Why something changed: what was set, which coefficients that moved, which mechanisms read these,
// and which line of the ledger moved most.  All of it is derived: from the two settings, from the
// coefficients of each, from the two runs, and from what the model's code says of itself.

import { buildCoefficients } from "../../model/coefficients/coefficients.js";
import { html } from "../elements.js";
import { ALL_LEVERS, ALL_PARAMETERS, basisOf, fieldsOf } from "../setting.js";
import { said, two, wholePercent } from "../words.js";
import { SEEN } from "./drawing.js";
import { LEDGER_LINES, ledgerTo, sharesOf } from "./ledger.js";
import { range } from "./network.js";

const WHY = SEEN.why;
const BEHIND = GIVEN.mechanisms;
const COSTS = ["fixed_overhead", "convened_overhead", "money"];

// What differs between two settings of one scenario: levers, then assumptions.
//
// Each with its name, what was set before and now, and where its size comes from.
export function changesOf(then, now) {
  const levers = ALL_LEVERS.flatMap((lever) => {
    const [old, young] = [then, now].map(({ governance }) => fieldsOf(lever.name, governance));
    const idle = old.strength === 0 && young.strength === 0;
    const fields = lever.fields.filter(({ name }) => !idle && old[name] !== young[name]
      && (name === "strength" || old.strength > 0 || fieldsOf(lever.name)[name] !== young[name]));
    if (fields.length === 0) return [];
    return [{ lever: lever.name, label: lever.label, about: lever.description,
        basis: basisOf(lever),
      fields: fields.map(({ name, label }) => ({ label, old: old[name], young: young[name] })) }];
  });
  const parameters = ALL_PARAMETERS.flatMap((item) => {
    const [old, young] = [then, now].map(({ parameters }) => parameters[item.name] ?? item.default);
    return old === young ? [] : [{ parameter: item.name, label: item.label,
      about: item.description, basis: basisOf(item), fields: [{ label: item.unit, old, young }] }];
  });
  return [...levers, ...parameters];
}

// Coefficients that one change moves by itself, from how they stood before: name, and the values of
// the row that it moves most.
export function movedBy(layout, then, now, change) {
  const after = structuredClone(then);
  if (change.lever) {
    const { lever } = change;
    if (lever in now.governance) after.governance[lever] = now.governance[lever];
    else delete after.governance[change.lever];
  } else if (change.parameter in now.parameters) {
    after.parameters[change.parameter] = now.parameters[change.parameter];
  } else delete after.parameters[change.parameter];
  const [old, young] = [then, after].map(({ parameters, governance }) =>
    buildCoefficients(layout, parameters, governance));
  return Object.keys(BEHIND.coefficients).flatMap((name) => {
    const [a, b] = [old[name], young[name]].map((v) => (typeof v === "number" ? [v] : v));
    if (a === undefined || typeof a[0] !== "number") return [];
    const most = farthest(range(a.length).map((row) => b[row] - a[row]));
    return a[most] === b[most] ? [] : [{ name, old: a[most], young: b[most],
      cost: COSTS.includes(name) }];
  });
}

// The line of the ledger whose share of all capacity differs most, and the department it does in.
export function movedMost(layout, then, now) {
  const everyone = range(layout.departments);
  const [a, b] = [then, now].map((run) => {
    const ledger = ledgerTo(layout, run, run.months);
    return { all: sharesOf(layout, ledger, run.months, everyone),
      each: everyone.map((d) => sharesOf(layout, ledger, run.months, [d])) };
  });
  const n = farthest(b.all.map((share, line) => share - a.all[line]));
  const d = farthest(everyone.map((one) => (b.each[one][n] - a.each[one][n])
    * layout.facts.departments.capacity[one]));
  return { line: LEDGER_LINES[n].name, old: a.all[n], young: b.all[n], department: d,
    oldThere: a.each[d][n], youngThere: b.each[d][n] };
}

// Place of the number farthest from 0, the first among equals.
function farthest(numbers) {
  return numbers.reduce((best, value, n) =>
    (Math.abs(value) > Math.abs(numbers[best]) ? n : best), 0);
}

// The panel's content for two findings of one scenario.
export function reasons(layout, then, now) {
  const changes = changesOf(then.setting, now.setting);
  if (changes.length === 0) return [html("p", {}, WHY.nothing)];
  const moves = changes.map((change) => [change, movedBy(layout, then.setting, now.setting,
      change)]);
  return [
    html("h4", {}, WHY.most), ...mostInWords(layout, movedMost(layout, then.run, now.run)),
    html("h4", {}, WHY.set), html("ul", {},
      ...moves.map(([change, moved]) => changeItem(change, moved))),
    html("h4", {}, WHY.through), mechanismList(moves.flatMap(([, moved]) => moved)),
  ];
}

function mostInWords(layout, most) {
  const phase = Object.keys(BEHIND.phases).find((name) =>
    BEHIND.phases[name].lines.includes(most.line));
  const whole = { old: wholePercent(most.old), young: wholePercent(most.young) };
  return [
    html("p", {}, said(WHY.line, { line: SEEN.lines[most.line], ...whole,
      points: pointsOf(whole.young - whole.old) }), " ",
    layout.departments < 2 ? "" : said(WHY.there, {
      department: layout.facts.departments.name[most.department],
      old: wholePercent(most.oldThere), young: wholePercent(most.youngThere) })),
    html("p", {}, said(WHY.written, { phase, page: placeOf(phase) }), " ",
      BEHIND.phases[phase].mechanisms.map((name) => BEHIND.mechanisms[name]).join(" ")),
  ];
}

function pointsOf(points) {
  return points === 0 ? WHY.points.none
    : said(points > 0 ? WHY.points.more : WHY.points.fewer, { points: Math.abs(points) });
}

function changeItem({ label, about, basis, fields }, moved) {
  const set = fields.map((field) => said(WHY.field, { ...field,
      label: field.label.toLowerCase() }));
  const named = (cost) => moved.filter((one) => one.cost === cost).map(({ name, old, young }) =>
    said(WHY.coefficient, { name: plainName(name), old: precise(old), young: precise(young) }));
  const does = named(false), costs = named(true);
  return html("li", {}, html("b", {}, label), ` (${set.join(", ")}): ${about} `,
    does.length ? said(WHY.moves, { coefficients: does.join("; ") }) : WHY.movesNothing, " ",
    costs.length ? said(WHY.costs, { coefficients: costs.join("; ") }) : "",
    html("p", { class: "about" }, basis));
}

// The mechanisms that make or read what was moved, once each, with their place in the model's page.
function mechanismList(moved) {
  const found = new Map();
  for (const { name, cost } of moved) {
    const { made, mechanisms, phases } = BEHIND.coefficients[name];
    if (cost) continue;
    for (const one of made) addTo(found, one, WHY.made, name);
    const read = mechanisms.length ? mechanisms
      : phases.flatMap((phase) => BEHIND.phases[phase].mechanisms);
    for (const one of read) {
      addTo(found, one, phases.filter((phase) =>
        BEHIND.phases[phase].mechanisms.includes(one)).map(placeOf).join("; "), name);
    }
  }
  if (found.size === 0) return html("p", {}, WHY.none);
  return html("ul", {}, ...[...found].map(([one, { places, names }]) => html("li", {},
    BEHIND.mechanisms[one], " ", html("span", { class: "about" }, said(WHY.reads, {
      coefficients: [...names].map(plainName).join(", "),
      page: [...places].filter(Boolean).join("; ") })))));
}

function addTo(found, one, place, name) {
  if (!found.has(one)) found.set(one, { places: new Set(), names: new Set() });
  found.get(one).places.add(place);
  found.get(one).names.add(name);
}

function placeOf(phase) {
  return said(WHY.phase, { phase });
}

function plainName(name) {
  return name.replaceAll("_", " ");
}

function precise(value) {
  return Math.abs(value) >= 0.1 || value === 0 ? two(value) : String(Number(value.toPrecision(2)));
}
