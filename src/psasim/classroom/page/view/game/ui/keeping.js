// The record: saved to a file, loaded from one, deleted.

import { html } from "../../elements.js";
import { said } from "../../words.js";
import { logOfText, textOfLog } from "./desk.js";
import { PLAYING } from "./naming.js";
import { askedFirst } from "./asked.js";

const KEEP = PLAYING.keep;

// What can be done with the record of the game that is on.
export function keepScreen(place) {
  const { desk, model } = place;
  if (!desk.game) return html("span", {});
  const save = () => {
    const text = textOfLog(desk.game.log, model);
    const link = html("a", { download: `${KEEP.file}.json`,
      href: URL.createObjectURL(new Blob([text], { type: "application/json" })) });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  };
  return html("section", { class: "keep", "aria-labelledby": "game-keep" },
    html("h3", { id: "game-keep" }, KEEP.heading),
    ...(desk.kept ? [] : [html("p", { class: "wrong" }, KEEP.unkept)]),
    html("p", {}, html("button", { type: "button", onclick: save }, KEEP.save), " ",
      askedFirst(KEEP.delete, KEEP, () => place.act(() => desk.erase()))),
    html("p", { class: "about" }, place.laptop ? PLAYING.where : PLAYING.whereRoom));
}

// A field that goes on with a saved game.
export function loadControl(place) {
  const input = html("input", { type: "file", id: "game-load", accept: ".json",
    onchange: async () => {
      const [file] = input.files;
      if (!file) return;
      try {
        await place.desk.replace(logOfText(await file.text(), place.model));
      } catch (error) {
        place.tell("", said(PLAYING.noFile, { name: file.name, why: error.message }));
        return;
      }
      place.go(null);
    } });
  return html("p", {}, html("label", { for: "game-load" }, KEEP.load), " ", input);
}
