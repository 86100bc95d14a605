// Posting people: a number for each outcome, and what is left for the own business.

import { html } from "../../elements.js";
import { said } from "../../words.js";
import { PLAYING, ownPoints, people } from "./naming.js";

const POST = PLAYING.sheet;
const BY_FIVE = 5;

// Fields of each outcome, the line on the own business, and `read()`.
export function postings({ view, outcomes }, choice) {
  const own = html("p", { class: "own", "aria-live": "polite" });
  const inputs = outcomes.map(({ key }, n) => html("input", {
    type: "number", id: `game-post-${key}`, min: 0, max: people(view.usable), step: 1,
    inputmode: "numeric", value: people(choice?.effort?.[key] ?? view.effort[n]),
    oninput: () => tell(),
  }));
  const guesses = outcomes.map(({ key }) => html("input", {
    type: "number", id: `game-guess-${key}`, min: 0, max: 1000, step: 1, inputmode: "numeric",
    ...(choice?.guess?.[key] !== undefined && { value: people(choice.guess[key]) }),
  }));

  function tell() {
    const posted = inputs.reduce((sum, input) => sum + (Number(input.value) || 0), 0);
    const left = people(view.usable) - posted;
    own.textContent = left < 0 ? said(POST.over, { people: -left })
      : `${POST.own}: ${said(POST.ownPeople, { people: left,
        points: ownPoints(left / 100, view.capacity) })}.`;
    own.classList.toggle("wrong", left < 0);
    return left;
  }

  function move(input, by) {
    const most = Number(input.max);
    input.value = Math.min(most, Math.max(0, (Number(input.value) || 0) + by));
    tell();
  }

  tell();
  return {
    own,
    fields: outcomes.map((outcome, n) => [
      html("div", { class: "post" },
        html("label", { for: inputs[n].id }, said(POST.post, { outcome: outcome.name })),
        html("button", { type: "button", "aria-label": said(POST.less, { outcome: outcome.name }),
          onclick: () => move(inputs[n], -BY_FIVE) }, `−${BY_FIVE}`),
        inputs[n],
        html("button", { type: "button", "aria-label": said(POST.more, { outcome: outcome.name }),
          onclick: () => move(inputs[n], BY_FIVE) }, `+${BY_FIVE}`)),
      html("div", { class: "guess" }, html("label", { for: guesses[n].id },
        html("span", { class: "unseen" }, `${outcome.name}: `), POST.guess), guesses[n]),
    ]),
    read() {
      const wrong = outcomes.findIndex((_, n) => !fits(inputs[n], false));
      const unsure = outcomes.findIndex((_, n) => !fits(guesses[n], true));
      if (wrong >= 0 || unsure >= 0) {
        const n = wrong >= 0 ? wrong : unsure;
        return said(POST.whole, { outcome: outcomes[n].name,
          most: (wrong >= 0 ? inputs : guesses)[n].max });
      }
      const left = tell();
      if (left < 0) return said(POST.over, { people: -left });
      const numbers = (all) => Object.fromEntries(outcomes.map(({ key }, n) => [key, all[n].value])
        .filter(([, value]) => value !== "").map(([key, value]) => [key, Number(value) / 100]));
      return { effort: numbers(inputs), guess: numbers(guesses) };
    },
  };
}

// Whether a field has a whole number within its bounds, or nothing where that is allowed.
function fits(input, empty) {
  const number = Number(input.value);
  if (input.value === "") return empty && !input.validity.badInput;
  return Number.isInteger(number) && number >= 0 && number <= Number(input.max);
}
