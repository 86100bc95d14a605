// The game as a place of the page: everyone round one laptop, which goes from seat to seat.

import { GameDesk, localKeeper } from "./ui/desk.js";
import { PLAYING } from "./ui/naming.js";
import { GameTable } from "./ui/table.js";
import { said } from "../words.js";

export function beginGame(root, page) {
  const { model } = JSON.parse(document.getElementById("made").textContent);
  const desk = new GameDesk(page.scenarios, localKeeper(model));
  const table = new GameTable(root, desk, { laptop: true, model });
  return {
    open() {
      if (!table.opened) resume(table);
      table.opened = true;
      page.busy(false);
    },
    leave() {
      if (table.at?.kind === "sheet") table.go(null);
    },
  };
}

// Goes on where the game on this machine stood; what cannot be gone on with is told, and stays
// until another game begins.
function resume(table) {
  let told = "", wrong = "";
  try {
    if (table.desk.resume()) told = PLAYING.resumed;
  } catch (error) {
    wrong = said(PLAYING.lost, { why: error.message });
  }
  table.draw();
  table.tell(told, wrong);
}
