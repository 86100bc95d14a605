// Names of seats, levers, packages and figures, as they are read.

import { OWN_POINTS } from "../core/rules.js";
import { nameOf } from "../core/seats.js";
import { percent, said } from "../../words.js";

export const PLAYING = GIVEN.texts.game;

// A seat's role; with its table where there are several.
export function seatName(game, room, key) {
  const seat = game.seats.find((one) => one.seat === key);
  const name = roleName(seat, nameOf(game.layout, seat));
  return game.settings.rooms > 1 ? said(PLAYING.room, { number: room + 1, seat: name }) : name;
}

export function roleName({ kind }, name) {
  return said(PLAYING.kind[kind], { name });
}

// What governs a play: a lever's or a preset's name, or words of the facilitator.
export function packageName(name) {
  if (name === "departmental") return PLAYING.open.none;
  const preset = GIVEN.declarations.presets.find((one) => one.name === name);
  return preset ? preset.description.split(":")[0] : GIVEN.texts.view.levers[name] ?? name;
}

// `school_sport` as "School sport".
export function figureName(key) {
  const words = key.replaceAll("_", " ");
  return words[0].toUpperCase() + words.slice(1);
}

// What is published of outcomes { name, figure: of target, or null }, all owners together.
export function publishedWords(outcomes) {
  const figures = outcomes.map(({ name, figure }) => said(PLAYING.outcome, { outcome: name,
    figure: figure === null ? PLAYING.unpublished
      : said(PLAYING.published, { figure: percent(figure) }) }));
  return said(PLAYING.out, { figures: figures.join(", ") });
}

// Department-months a month as people.
export function people(effort) {
  return Math.round(100 * effort);
}

export function wholePoints(value) {
  return String(Math.round(value) + 0).replace("-", "−");
}

// Parts of a score in words.
export function scoreParts({ play, name, total, ...parts }) {
  return Object.entries(parts).filter(([part, value]) => part !== "found" || value < 0)
    .map(([part, value]) =>
    said(PLAYING.sheet.parts[part], { value: wholePoints(value) })).join(", ");
}

export function listed(items) {
  return items.join(", ");
}

// A play as it is called: which one, and what governed it.
export function playName(play, name) {
  return said(PLAYING.debrief.playName, { play, name: packageName(name) });
}

// Points for the own business if it kept so many people throughout.
export function ownPoints(effort, capacity) {
  return wholePoints(OWN_POINTS * effort / capacity);
}

