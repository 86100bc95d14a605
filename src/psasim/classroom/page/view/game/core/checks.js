// What a game takes: settings, packages and choices, checked and made plain; unknown parts are left
// out of what is kept, wrong ones refused.

import { PLAY_MONTHS, MOST_LIFT, MOST_ROOMS, TURNS_OF, WORLD } from "./rules.js";
import { decides, seatOf } from "./seats.js";
import { askOf, centreLimit, contributionsOf, linksOf } from "./views.js";

const ORDERS = ["first", "usual", "last"];

// What is said of a message that the game does not take.
export class Refused extends Error {}

function refuse(words) {
  throw new Refused(words);
}

// Settings with what is left out filled in.
export function checkSettings(layout, given) {
  const { scenario, seed = 2007, world = WORLD, months = PLAY_MONTHS, turn = 6, rooms = 1 } = given;
  const { seats } = given;
  wholeNumber("seed", seed, 0, 4294967295);
  wholeNumber("world", world, 0, 9999);
  wholeNumber("months", months, 1, 120);
  wholeNumber("rooms", rooms, 1, MOST_ROOMS);
  if (!TURNS_OF.includes(turn) || months % turn !== 0) refuse(`no turns of ${turn} months`);
  if (!Array.isArray(seats) || seats.length === 0 || seats.length > 40) refuse("no list of seats");
  const taken = new Set();
  for (const key of seats) {
    const seat = seatOf(layout, key) ?? refuse(`no seat ${key}`);
    for (const what of decides(seat)) {
      if (taken.has(what)) refuse(`two seats would decide ${what}`);
      taken.add(what);
    }
  }
  return { scenario, seed, world, months, turn, rooms, seats: [...seats] };
}

function wholeNumber(name, value, low, high) {
  if (!Number.isInteger(value) || value < low || value > high) {
    refuse(`${name} is not a whole number from ${low} to ${high}`);
  }
}

// A package's levers, each with its fields.
export function checkGovernance(given) {
  if (!isPlain(given)) refuse("no package");
  return Object.fromEntries(Object.entries(given).map(([name, fields]) => {
    const lever = GIVEN.declarations.levers.find((one) => one.name === name);
    if (!lever || !isPlain(fields)) refuse(`no lever ${name}`);
    for (const key of Object.keys(fields)) {
      if (!lever.fields.some((field) => field.name === key)) refuse(`no field ${name}.${key}`);
    }
    return [name, Object.fromEntries(lever.fields.map((field) =>
      [field.name, checkField(`${name}.${field.name}`, field, fields[field.name])]))];
  }));
}

function checkField(name, field, value = field.default) {
  const fits = field.options ? field.options.includes(value)
    : Number.isFinite(value) && value >= field.lower && value <= field.upper
      && (!field.integer || Number.isInteger(value));
  return fits ? value : refuse(`${name} may not be ${value}`);
}

function isPlain(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

// A choice of a seat, with the parts its kind has.
export function checkChoice(layout, { kind, of, row }, choice, room) {
  if (!isPlain(choice)) refuse(`no choice of ${of}`);
  if (kind === "body") return { order: orderOf(layout, row, choice.order ?? {}) };
  if (kind === "centre") return { outcomes: takenUp(layout, choice.outcomes ?? [], room) };
  return {
    ...(kind !== "figures" && effortChecked(layout, row, choice)),
    ...(kind !== "effort" && { figures: lifts(layout, row, choice.figures ?? {}) }),
  };
}

// Numbers from 0 to `most` by the keys that may have one.
function numbers(given, keys, most, what) {
  if (!isPlain(given)) refuse(`${what} is no table`);
  return Object.fromEntries(Object.entries(given).map(([key, value]) => {
    if (!keys.includes(key)) refuse(`no ${what} for ${key}`);
    if (!Number.isFinite(value) || value < 0 || value > most) {
      refuse(`${what} for ${key} is not from 0 to ${most}`);
    }
    return [key, value];
  }));
}

function effortChecked(layout, d, { effort = {}, own, guess = {} }) {
  const { key } = layout.facts.outcomes, capacity = layout.facts.departments.capacity[d];
  const keys = contributionsOf(layout, d).map((c) => key[layout.outcome[c]]);
  const posted = numbers(effort, keys, capacity, "effort");
  const kept = own === undefined || own === null ? {}
    : numbers({ own }, ["own"], capacity, "effort");
  const total = [...Object.values(posted), ...Object.values(kept)].reduce((a, b) => a + b, 0);
  if (total > capacity * (1 + 1e-9)) refuse("more is posted than the department has");
  return { effort: posted, ...kept, guess: numbers(guess, keys, 1000, "guess") };
}

function lifts(layout, d, given) {
  const { indicators } = layout.facts;
  const mine = (indicators.key ?? []).filter((_, n) => layout.indicator_department[n] === d);
  return numbers(given, mine, MOST_LIFT, "stretch");
}

function orderOf(layout, b, given) {
  if (!isPlain(given)) refuse("order is no table");
  const asks = linksOf(layout, b).map((l) => askOf(layout, l));
  return Object.fromEntries(Object.entries(given).map(([ask, place]) => {
    if (!asks.includes(ask)) refuse(`nobody asks ${ask}`);
    return ORDERS.includes(place) ? [ask, place] : refuse(`no place ${place}`);
  }));
}

function takenUp(layout, given, { run }) {
  const limit = centreLimit(layout, run.byMonths[run.month + 1]);
  if (!Array.isArray(given) || given.length > limit) refuse(`more than ${limit} outcomes`);
  for (const key of given) {
    if (!layout.facts.outcomes.key.includes(key)) refuse(`no outcome ${key}`);
  }
  return [...new Set(given)];
}
