// A new game: country, people, how long a choice is held, and which seats are taken.

import { WORLD } from "../core/rules.js";
import { nameOf, seatOf, seating } from "../core/seats.js";
import { buildLayout } from "../../../model/structure/layout.js";
import { html, options } from "../../elements.js";
import { said } from "../../words.js";
import { loadControl } from "./keeping.js";
import { PLAYING, listed, roleName } from "./naming.js";

const BEGIN = PLAYING.begin;
const PEOPLE = [6, 12, 20];
// Of real departments, which no game judges.
const NOT_PLAYED = ["child_obesity", "csr2007", "offences_to_justice", "sr2004"];

// Scenarios that can be played: fictional ones, of few departments.
export function playable(scenarios) {
  const few = ({ facts }) => facts.departments.key.length > 1 && facts.departments.key.length < 9;
  const kept = scenarios.filter((one) => !one.lesson && !NOT_PLAYED.includes(one.name) && few(one));
  return kept.sort((a, b) => (b.game ?? 0) - (a.game ?? 0));
}

export function beginScreen(place) {
  const { desk, laptop } = place, scenarios = playable(desk.scenarios);
  const scenario = field("scenario", scenarios.map((one) => [one.name, one.title]));
  const people = field("people", PEOPLE.map((number) => [number, number]));
  const turn = field("turn", Object.entries(BEGIN.turns), "6");
  const about = html("p", { class: "about", id: "game-people-about" });
  const seats = html("fieldset", {}, html("legend", {}, BEGIN.seats));
  const world = html("input", { type: "number", id: "game-world", min: 0, max: 9999, step: 1,
    value: WORLD });
  let layout, rooms;

  function show() {
    layout = buildLayout(scenarios.find((one) => one.name === scenario.input.value));
    const found = seating(layout, Number(people.input.value));
    rooms = laptop ? 1 : found.rooms;
    const names = found.seats.map((key) => nameOfSeat(layout, key));
    about.textContent = `${said(BEGIN.peopleAbout, { seats: names.length, who: listed(names) })}. `
      + `${BEGIN.tables[found.rooms]}.`;
    seats.replaceChildren(seats.firstChild,
      html("p", { class: "about" }, BEGIN.seatsAbout),
      ...found.seats.map((key, n) => html("label", { class: "choice" },
        html("input", { type: "checkbox", value: key, checked: true }), " ", names[n])));
  }

  for (const { input } of [scenario, people]) input.addEventListener("change", show);
  show();
  const go = () => place.act(() => desk.begin({
    scenario: scenario.input.value, turn: Number(turn.input.value), rooms,
    world: world.value === "" ? WORLD : Number(world.value),
    seats: [...seats.querySelectorAll("input:checked")].map((input) => input.value),
  }));
  return html("section", {}, html("h2", {}, PLAYING.title),
    html("p", {}, PLAYING.about), html("p", {}, laptop ? PLAYING.where : PLAYING.whereRoom),
    html("h3", {}, BEGIN.heading),
    scenario.shown, people.shown, about, turn.shown, seats,
    html("details", {}, html("summary", {}, BEGIN.world),
      html("p", {}, html("label", { for: "game-world" }, BEGIN.world), " ", world),
      html("p", { class: "about" }, BEGIN.worldAbout)),
    html("p", {}, html("button", { type: "button", class: "main", onclick: go }, BEGIN.go)),
    html("h3", {}, BEGIN.load), loadControl(place));
}

function field(name, items, chosen = String(items[0][0])) {
  const id = `game-${name}`, input = html("select", { id });
  options(input, items.map(([value, label]) => [String(value), label]), chosen);
  return { input, shown: html("p", { class: "ask" }, html("label", { for: id }, BEGIN[name]), " ",
    input) };
}

function nameOfSeat(layout, key) {
  const seat = seatOf(layout, key);
  return roleName(seat, nameOf(layout, seat));
}
