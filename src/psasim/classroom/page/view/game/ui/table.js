// The facilitator's screens, one at a time: a new game, a play to open, a turn, a debrief; at one
// laptop also a cover between seats and each seat's sheet.
//
// desk: a `GameDesk` (desk.js), or another with its functions, which may be promises; laptop:
// whether seats choose on this very screen.  `draw()` shows where the game stands.

import { sheetOf } from "../core/sheet.js";
import { focusOn, html } from "../../elements.js";
import { said } from "../../words.js";
import { beginScreen } from "./beginning.js";
import { debriefScreen } from "./debrief.js";
import { keepScreen } from "./keeping.js";
import { PLAYING, seatName } from "./naming.js";
import { openScreen } from "./opening.js";
import { sheetScreen } from "./sheet.js";
import { overScreen, turnScreen } from "./turn.js";

export class GameTable {
  constructor(root, desk, { laptop, model }) {
    Object.assign(this, { root, desk, laptop, model, at: null });
    this.told = html("p", { class: "told", role: "status" });
    this.wrong = html("p", { class: "wrong", role: "alert" });
    this.screen = html("div", { class: "screen" });
    this.foot = html("div", {});
    root.append(this.told, this.wrong, this.screen, this.foot);
  }

  // Does something with the desk, and tells what came of it, in the task's words if it has any.
  async act(task) {
    try {
      this.tell(await task() ?? "", "");
    } catch (error) {
      this.tell("", said(PLAYING.refused, { why: error.message }));
      return;
    }
    this.draw(true);
  }

  tell(told, wrong) {
    this.told.textContent = told;
    this.wrong.textContent = wrong;
  }

  // Shows another screen of the game as it stands: a cover, a sheet, a debrief, or null for none.
  go(at) {
    this.at = at;
    this.tell("", "");
    this.draw(true);
  }

  draw(focus = false) {
    const { game } = this.desk;
    if (!game) this.at = null;
    this.screen.replaceChildren(this.shown(game));
    this.foot.replaceChildren(...(this.at && this.at.kind !== "debrief" ? []
      : [keepScreen(this)]));
    if (focus) focusOn(this.screen.querySelector("h2, h3"));
    document.documentElement.scrollTop = focus ? 0 : document.documentElement.scrollTop;
  }

  shown(game) {
    if (!game) return beginScreen(this);
    if (this.at?.kind === "debrief") return debriefScreen(this);
    if (game.phase === "govern") return openScreen(this);
    if (game.phase === "over") return overScreen(this);
    if (this.at?.kind === "cover") return this.cover(this.at);
    if (this.at?.kind === "sheet") return this.sheet(this.at);
    return turnScreen(this);
  }

  name(room, seat) {
    return seatName(this.desk.game, room, seat);
  }

  // Between seats, so that nobody sees what another was shown.
  cover({ room, seat }) {
    const name = this.name(room, seat);
    return html("section", { class: "cover" },
      html("h2", {}, said(PLAYING.cover.heading, { seat: name })),
      html("p", {}, PLAYING.cover.about),
      html("p", {}, html("button", { type: "button", class: "main",
        onclick: () => this.go({ kind: "sheet", room, seat }) },
      said(PLAYING.cover.go, { seat: name }))),
      html("p", {}, html("button", { type: "button", onclick: () => this.go(null) },
        PLAYING.cover.back)));
  }

  sheet({ room, seat }) {
    return sheetScreen(sheetOf(this.desk.game, room, seat), (choice) => {
      this.at = null;
      this.act(() => this.desk.send({ kind: "choose", room, seat, choice }))
        .then(() => { if (!this.wrong.textContent) this.pass(); });
    });
  }

  // On to the next seat that has not chosen, or back to the seats.
  pass() {
    const next = this.next();
    this.go(next && { kind: "cover", ...next });
  }

  next() {
    const { rooms } = this.desk.status();
    const room = rooms.findIndex(({ waiting }) => waiting.length > 0);
    return room < 0 ? null : { room, seat: rooms[room].waiting[0] };
  }
}
