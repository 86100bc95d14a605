// A player's page: join with the code, take a seat, and see its sheet.
//
// It holds the seat's token in this browser, so that whoever drops out comes back to their seat,
// and it knows what the server hands to that seat alone.

import { focusOn, html } from "../view/elements.js";
import { sheetScreen } from "../view/game/ui/sheet.js";
import { drawFrame } from "./frame.js";
import { Away, NotTaken, asker, passes, repeatedly } from "./wire.js";
import { seatWords } from "./seats.js";

const OF_SEAT = GIVEN.texts.served.seat;
const PAUSE = 1000, WHILE_CHOOSING = 2000; // milliseconds
const TOKEN = "psasim-seat";

class SeatPage {
  constructor() {
    this.main = document.querySelector("main");
    this.status = html("p", { id: "status", role: "status" });
    this.alert = html("p", { id: "refused", role: "alert" });
    drawFrame(OF_SEAT, this.status, this.alert);
    this.token = kept();
  }

  async begin() {
    document.body.setAttribute("aria-busy", "false");
    for (let lost = ""; ;) {
      if (!this.token) await this.join(lost);
      lost = await this.play();
    }
  }

  tell(words) {
    if (this.status.textContent !== words) this.status.textContent = words;
  }

  refuse(words) {
    this.alert.textContent = words;
  }

  show(...content) {
    this.main.replaceChildren(...content);
    const heading = this.main.querySelector("h2");
    if (heading) focusOn(heading);
  }

  // --- joining ---------------------------------------------------------------------------------

  // Until a seat is taken: the code, then the seats that are free; why: no seat is ours, in words.
  async join(why) {
    const ask = asker(OF_SEAT.away);
    this.code ??= codeOfLink();
    this.refuse(why);
    for (let asked = !this.code; ; asked = true) {
      if (asked) this.code = await this.askedCode();
      try {
        await this.choose(ask, this.code);
        return;
      } catch (error) {
        if (!(error instanceof NotTaken) && !passes(error)) throw error;
        this.refuse(error.message);
      }
    }
  }

  askedCode() {
    return new Promise((resolve) => {
      const input = html("input", { id: "code", value: this.code, autocomplete: "off",
        autocapitalize: "characters", spellcheck: "false", maxlength: 20 });
      this.show(html("h2", {}, OF_SEAT.join), html("form", { onsubmit: (event) => {
        event.preventDefault();
        this.refuse("");
        resolve(input.value);
      } }, html("p", {}, html("label", { for: "code" }, OF_SEAT.code), " ", input),
      html("p", {}, html("button", { class: "main" }, OF_SEAT.go))));
      this.tell("");
    });
  }

  // The seats, again and again, until one is taken.
  async choose(ask, code) {
    let drawn = "";
    await repeatedly(WHILE_CHOOSING, async () => {
      if (this.token) return false;
      const { table, seats } = await ask("POST", "/seats", { code });
      const now = JSON.stringify([table, seats.map(({ taken }) => taken)]);
      if (this.token || now === drawn) return !this.token;
      drawn = now;
      this.tell(seats.length === 0 ? OF_SEAT.noGame : "");
      const list = seats.map(({ room, seat, taken }) => {
        const words = seatWords(table, room, seat);
        return html("li", {}, html("button", { type: "button", disabled: taken,
          onclick: () => this.take(ask, code, room, seat) },
        taken ? `${words} (${OF_SEAT.taken})` : words));
      });
      const focused = [...this.main.querySelectorAll("li button")].indexOf(document.activeElement);
      if (focused < 0) this.show(html("h2", {}, OF_SEAT.choose), html("ul", { class: "seats" }));
      this.main.querySelector(".seats").replaceChildren(...list);
      if (focused >= 0) list[focused]?.querySelector("button").focus();
      return true;
    });
  }

  async take(ask, code, room, seat) {
    try {
      keep((await ask("POST", "/take", { code, room, seat })).token);
      this.token = kept();
      this.refuse("");
      history.replaceState(null, "", location.pathname);
    } catch (error) {
      this.refuse(error.message);
    }
  }

  // --- in the seat -----------------------------------------------------------------------------

  // The seat's sheet, again and again, until it is no longer ours; returns why.
  async play() {
    Object.assign(this, { ask: asker(OF_SEAT.away, this.token), seen: "", sheet: "", when: "",
        sent: 0 });
    this.show(html("h2", {}, OF_SEAT.seated));
    let lost = "";
    await repeatedly(PAUSE, async () => {
      try {
        const found = await this.ask("GET", `/seat?seen=${encodeURIComponent(this.seen)}`);
        if (found) this.takeIn(found);
        else if (this.away) this.tell(this.standing);
        this.away = false;
      } catch (error) {
        if (error instanceof NotTaken && error.status === 401) {
          this.token = null;
          forget();
          this.tell("");
          lost = error.message;
          return false;
        }
        if (!passes(error)) throw error;
        this.away = true;
        this.tell(error.message);
      }
      return true;
    });
    return lost;
  }

  takeIn({ version, facilitator, sheet: handed }) {
    this.seen = version;
    const text = JSON.stringify(handed?.sheet ?? null);
    if (text !== this.sheet) this.draw(text, handed);
    this.standing = !facilitator ? OF_SEAT.noFacilitator
      : !handed ? OF_SEAT.wait : handed.upto < this.sent ? OF_SEAT.sending
        : this.sent && !handed.refused ? OF_SEAT.sent : "";
    this.refuse(handed && handed.upto >= this.sent ? handed.refused ?? "" : "");
    this.tell(this.standing);
  }

  // Draws a sheet anew; the keyboard stays where it was sent from until the turn is another.
  draw(text, handed) {
    const when = handed ? `${handed.sheet.phase} ${handed.sheet.play} ${handed.sheet.turn}` : "";
    const again = when === this.when && this.main.contains(document.activeElement);
    Object.assign(this, { sheet: text, when });
    this.show(handed ? sheetScreen(handed.sheet, (choice) => this.send(handed.sheet, choice))
      : html("h2", {}, OF_SEAT.seated), this.leaving());
    if (again) this.main.querySelector("button.main")?.focus();
  }

  leaving() {
    return html("p", { class: "about" }, html("button", { type: "button", onclick: async () => {
      await this.ask("DELETE", "/seat").catch(() => {});
    } }, OF_SEAT.leave));
  }

  // Sends a choice; whether the game takes it comes back with the sheet.
  async send({ play, turn, vote }, choice) {
    try {
      this.tell(OF_SEAT.sending);
      const { n } = await this.ask("POST", "/seat", { kind: vote ? "vote" : "choose", play, turn,
        choice });
      this.sent = n;
    } catch (error) {
      this.refuse(error instanceof Away ? OF_SEAT.notSent : error.message);
    }
  }
}

function kept() {
  try { return localStorage.getItem(TOKEN); } catch { return kept.here ?? null; }
}

function keep(token) {
  kept.here = token;
  try { localStorage.setItem(TOKEN, token); } catch { /* for as long as the page is open */ }
}

function forget() {
  kept.here = null;
  try { localStorage.removeItem(TOKEN); } catch { /* nothing is kept */ }
}

// The code that a link has, nothing where it has none.
function codeOfLink() {
  try { return decodeURIComponent(location.hash.slice(1)); } catch { return ""; }
}

export function begin() {
  new SeatPage().begin();
}
