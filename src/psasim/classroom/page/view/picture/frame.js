// The frame of a picture: its controls, and the places that are filled as it moves.

import { html } from "../elements.js";
import { SEEN } from "./drawing.js";

// Fills `root`; act: what each control does.  Gives the elements that change.
export function pictureFrame(root, prefix, act) {
  const button = (words, onclick) => html("button", { type: "button", onclick }, words);
  const id = (name) => `${prefix}-${name}`;
  const made = {
    play: button(SEEN.play, act.play),
    replay: button(SEEN.replay, act.replay),
    slider: html("input", { type: "range", id: id("month"), min: 1, step: 1,
      oninput: () => act.month(Number(made.slider.value)) }),
    output: html("output", { for: id("month") }),
    panels: html("div", { class: "panels" }),
    told: html("p", { "aria-live": "polite", class: "unseen" }),
    tables: html("div", { class: "tables", tabindex: 0, role: "region",
      "aria-label": SEEN.asTable }),
    because: html("div", {}),
    reduced: html("p", { class: "about" }, SEEN.reduced),
  };
  const choice = (name) => {
    made[name] = html("select", { id: id(name), onchange: () => act[name](made[name].value) });
    return html("p", {}, html("label", { for: id(name) }, SEEN[name]), " ", made[name]);
  };
  made.asTable = html("details", { ontoggle: act.tabulate },
    html("summary", {}, SEEN.asTable), made.tables);
  made.why = html("details", { ontoggle: act.explain },
    html("summary", {}, SEEN.why.title), made.because);
  root.classList.add("picture");
  root.append(
    html("div", { class: "moving", role: "group", "aria-label": SEEN.controls },
      made.play, button(SEEN.back, () => act.by(-1)), button(SEEN.on, () => act.by(1)),
      html("label", { for: id("month"), class: "month" }, SEEN.month), made.slider, made.output),
    made.reduced,
    html("div", { class: "choosing" }, choice("which"), choice("beside"), made.replay),
    made.panels, made.told, made.why, made.asTable);
  return made;
}
