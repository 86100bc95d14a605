// The facilitator's page of a room: where players join, who sits where, and the game.

import { html, table } from "../view/elements.js";
import { GameTable } from "../view/game/ui/table.js";
import { said } from "../view/words.js";
import { RoomDesk } from "./desk.js";
import { drawFrame } from "./frame.js";
import { NotTaken, passes, repeatedly } from "./wire.js";
import { seatWords } from "./seats.js";

const OF_ROOM = GIVEN.texts.served.facilitator;
const PAUSE = 1000; // milliseconds
const TOKEN = "psasim-facilitator";

class RoomPage {
  constructor(token) {
    const read = (id) => JSON.parse(document.getElementById(id).textContent);
    this.join = read("join");
    this.desk = new RoomDesk(read("scenarios"), token);
    this.status = html("p", { id: "status", role: "status" });
    this.alert = html("p", { id: "refused", role: "alert" });
    this.door = html("p", { class: "join" });
    this.seats = html("div", {}, html("p", {}, OF_ROOM.noSeats));
    const game = html("div", { id: "game", class: "place" });
    drawFrame(OF_ROOM, this.door, this.status, this.alert);
    document.querySelector("main").append(game,
      html("section", { "aria-labelledby": "room-seats", class: "room-seats" },
        html("h2", { id: "room-seats" }, OF_ROOM.seats), this.seats));
    this.table = new GameTable(game, this.desk, { laptop: false, model: read("made").model });
    this.drawn = -1; // the last message that the game is shown with
  }

  async run() {
    document.body.setAttribute("aria-busy", "false");
    await repeatedly(PAUSE, async () => {
      try {
        await this.desk.look();
        this.tell("");
        this.draw();
      } catch (error) {
        if (!passes(error)) {
          this.alert.textContent = said(OF_ROOM.stopped, { why: error.message });
          if (!(error instanceof NotTaken)) throw error;
          return false;
        }
        this.tell(error.message);
      }
    });
  }

  tell(words) {
    if (this.status.textContent !== words) this.status.textContent = words;
  }

  draw() {
    const now = JSON.stringify([this.desk.code, this.desk.seats, this.desk.names]);
    if (now !== this.shown) {
      this.shown = now;
      this.door.replaceChildren(OF_ROOM.joinAt, " ", html("strong", {}, this.join), " ",
        OF_ROOM.code, " ", html("strong", {}, this.desk.code.toUpperCase()));
      keepingFocus(this.seats, () => this.seats.replaceChildren(
        this.desk.seats.length === 0 ? html("p", {}, OF_ROOM.noSeats) : this.seatTable()));
    }
    const asking = this.table.screen.querySelector(".danger") || this.table.at !== null;
    if (this.drawn === this.desk.version || asking) return;
    this.drawn = this.desk.version;
    keepingFocus(this.table.screen, () => this.table.draw());
  }

  seatTable() {
    const rows = this.desk.seats.map(({ room, seat, taken, here }) => {
      const words = seatWords(this.desk, room, seat);
      return [words, taken ? (here ? OF_ROOM.here : OF_ROOM.gone) : OF_ROOM.free,
        taken ? html("button", { type: "button", "aria-label": said(OF_ROOM.freeSeat,
          { seat: words }), onclick: () => this.free(room, seat) }, OF_ROOM.freeIt) : ""];
    });
    return html("div", { class: "wide-table" },
      html("p", { class: "about" }, OF_ROOM.seatsAbout),
      table(OF_ROOM.seats, [OF_ROOM.seat, OF_ROOM.state, OF_ROOM.act], rows));
  }

  async free(room, seat) {
    await this.desk.free(room, seat).catch((error) => this.tell(error.message));
    this.draw();
  }
}

// Draws part of the page anew; what had the keyboard, by its words, has it again.
function keepingFocus(part, draw) {
  const had = part.contains(document.activeElement) ? document.activeElement : null;
  draw();
  if (!had) return;
  const again = [...part.querySelectorAll(had.tagName)].find((one) =>
    ["id", "ariaLabel", "textContent"].every((name) => one[name] === had[name]));
  again?.focus();
}

// The token of the link, which is taken out of the address, for that may be on a screen.
function ownToken() {
  const given = location.hash.slice(1);
  try {
    if (given) sessionStorage.setItem(TOKEN, given);
    history.replaceState(null, "", location.pathname);
    return given || sessionStorage.getItem(TOKEN);
  } catch {
    return given;
  }
}

export function begin() {
  const token = ownToken();
  if (token) new RoomPage(token).run();
  else {
    drawFrame(OF_ROOM, html("p", { id: "refused", role: "alert" }, OF_ROOM.noToken));
    document.body.setAttribute("aria-busy", "false");
  }
}
