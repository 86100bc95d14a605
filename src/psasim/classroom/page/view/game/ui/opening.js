// Before a play: what governs it, by the deck's order, by the room's hands, or as the facilitator
// says.

import { OFFERED, PLAYS } from "../core/rules.js";
import { html } from "../../elements.js";
import { said } from "../../words.js";
import { PLAYING, packageName } from "./naming.js";

const OPEN = PLAYING.open;

export function openScreen(place) {
  const { desk } = place, { play, plays } = desk.status();
  const { name, governance } = PLAYS[play - 1];
  const votes = votesBox(desk.status().votes);
  const wrong = html("p", { class: "wrong", role: "alert" });
  const choices = html("fieldset", {}, html("legend", {}, OPEN.package),
    ...packages().map(([value, label]) => html("label", { class: "choice wide" },
      html("input", { type: "radio", name: "game-package", value, checked: value === governance,
        onchange: show }), " ", label)));
  const chosen = () => choices.querySelector("input:checked").value;

  function show() {
    votes.box.hidden = chosen() !== "vote";
  }

  function go() {
    const picked = chosen() === "vote" ? votes.winner() : chosen();
    wrong.textContent = picked === null ? OPEN.tie : "";
    if (picked === null) return;
    place.at = null;
    place.act(() => desk.send({ kind: "govern", name: picked, governance: leversOf(picked) }));
  }

  show();
  return html("section", {},
    html("h2", {}, said(OPEN.heading, { play, plays, name: PLAYING.plays[name].name })),
    html("p", {}, PLAYING.plays[name].about),
    ...(play > 1 ? [html("p", {}, html("button", { type: "button", class: "main",
      onclick: () => place.go({ kind: "debrief", play: play - 1, step: 0 }) }, OPEN.before))] : []),
    choices, votes.box, wrong,
    html("p", {}, html("button", { type: "button", class: play > 1 ? "" : "main", onclick: go },
      said(OPEN.go, { play }))));
}

function packages() {
  return [["departmental", OPEN.none], ["vote", OPEN.vote],
    ...GIVEN.declarations.presets.filter(({ name }) => name !== "departmental")
      .map(({ name, description }) => [name, description])];
}

// Levers of a preset, or of a lever in full.
function leversOf(name) {
  const preset = GIVEN.declarations.presets.find((one) => one.name === name);
  return preset ? preset.governance : { [name]: { strength: 1 } };
}

// Hands for each lever; `winner()`: the one with most, null where there is none alone.
function votesBox(votes) {
  const inputs = OFFERED.map((name) => html("input", { type: "number", id: `game-hands-${name}`,
    min: 0, max: 99, step: 1, value: votes[name] ?? 0,
    "aria-describedby": `game-hands-${name}-about` }));
  const box = html("fieldset", { class: "votes" }, html("legend", {}, OPEN.hands),
    ...OFFERED.map((name, n) => {
      const { description } = GIVEN.declarations.levers.find((one) => one.name === name);
      return html("div", { class: "option" }, inputs[n], " ",
        html("label", { for: inputs[n].id }, packageName(name)),
        html("p", { class: "about", id: `game-hands-${name}-about` }, description));
    }));
  return {
    box,
    winner() {
      const hands = inputs.map((input) => Number(input.value) || 0), most = Math.max(...hands);
      const first = hands.filter((one) => one === most);
      return most > 0 && first.length === 1 ? OFFERED[hands.indexOf(most)] : null;
    },
  };
}
