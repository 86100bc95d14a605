// A turn for the facilitator: who has chosen, whose turn it is, and closing it.

import { PLAYS } from "../core/rules.js";
import { html, table } from "../../elements.js";
import { said } from "../../words.js";
import { PLAYING, listed, packageName, publishedWords } from "./naming.js";
import { askedFirst } from "./asked.js";

const TURN = PLAYING.turn;

export function turnScreen(place) {
  const { desk, laptop } = place, status = desk.status(), next = place.next();
  const waiting = status.rooms.flatMap(({ waiting: those }, room) =>
    those.map((seat) => place.name(room, seat)));
  return html("section", {},
    html("h2", {}, said(TURN.heading, status)),
    html("p", {}, said(TURN.governs, { name: packageName(status.name) }), ". ",
      PLAYS[status.play - 1].talk ? TURN.talk : TURN.silent),
    ...(laptop && next ? [html("p", {}, html("button", { type: "button", class: "main",
      onclick: () => place.go({ kind: "cover", ...next }) },
    said(TURN.pass, { seat: place.name(next.room, next.seat) })))] : []),
    html("p", {}, closing(place, status, waiting)),
    seatTable(place, status));
}

function closing(place, { play, turn, first, last }, waiting) {
  const close = () => place.act(async () => {
    await place.desk.send({ kind: "turn" });
    const { layout, plays } = place.desk.game, { name, key } = layout.facts.outcomes;
    const { rooms } = plays[play - 1];
    return [said(TURN.closed, { turn, first, last }), ...rooms.map(({ run: { reported } }, room) =>
      (rooms.length > 1 ? `${said(PLAYING.debrief.table, { number: room + 1 })}: ` : "")
        + publishedWords(reported.at(-1).map((figure, o) =>
          ({ name: name?.[o] || key[o], figure }))))].join(" ");
  });
  if (waiting.length === 0) {
    return html("button", { type: "button", class: "main", onclick: close }, TURN.close);
  }
  return askedFirst(said(TURN.closeLeft, { number: waiting.length }), {
    sure: said(TURN.sure, { seats: listed(waiting) }), yes: TURN.yes, no: TURN.no,
  }, close);
}

function seatTable(place, status) {
  const rows = status.rooms.flatMap((those, room) =>
    place.desk.game.seats.map(({ seat }) => {
      const state = ["waiting", "chosen", "left"].find((one) => those[one].includes(seat));
      const name = place.name(room, seat);
      return [name, TURN.states[state], html("span", { class: "acts" },
        ...(place.laptop ? [html("button", { type: "button",
          onclick: () => place.go({ kind: "cover", room, seat }) },
        unseen(name), state === "waiting" ? TURN.look : TURN.again)] : []),
        ...(state === "left" ? [] : [html("button", { type: "button",
          onclick: () => place.act(() =>
            place.desk.send({ kind: "choose", room, seat, choice: null })) },
        unseen(name), TURN.leave)]))];
    }));
  return html("div", { class: "wide-table" },
    table(TURN.seats, [TURN.seat, TURN.state, TURN.act], rows));
}

function unseen(name) {
  return html("span", { class: "unseen" }, `${name}: `);
}

export function overScreen(place) {
  const { plays } = place.desk.game;
  return html("section", {}, html("h2", {}, PLAYING.debrief.over),
    html("p", {}, PLAYING.debrief.overAbout),
    html("p", {}, html("button", { type: "button", class: "main",
      onclick: () => place.go({ kind: "debrief", play: plays.length, step: 0 }) },
    PLAYING.debrief.open)));
}
