// The game of a room: what the server kept of it, in order, played anew in this page.
//
// Whatever anybody says goes to the server first, and is played as it comes back; so a page that is
// opened again, or a server that was stopped, comes to the very same game.  Sheets go to the
// server, which hands each seat its own.

import { Refused } from "../view/game/core/checks.js";
import { applyMessage, startGame, statusOf } from "../view/game/core/game.js";
import { sheetOf } from "../view/game/core/sheet.js";
import { seatName } from "../view/game/ui/naming.js";
import { asker } from "./wire.js";

export class RoomDesk {
  constructor(scenarios, token) {
    Object.assign(this, { scenarios, ask: asker(GIVEN.texts.served.facilitator.away, token),
        kept: true, version: 0,
      last: Promise.resolve() });
    this.forget();
  }

  forget() {
    Object.assign(this, { game: null, upto: 0, boot: "", heard: {}, shown: "", seats: [],
      names: {} });
    this.version++;
  }

  // Fetches what is new of the room and plays it, one look after the other.
  look() {
    this.last = this.last.catch(() => {}).then(() => this.fetched());
    return this.last;
  }

  async fetched() {
    let found = await this.ask("GET", `/host?after=${this.upto}`);
    if (found.boot !== this.boot) { // another server, or a record that was deleted
      if (this.upto > 0) found = await this.ask("GET", "/host?after=0");
      this.forget();
    }
    Object.assign(this, { boot: found.boot, code: found.code, seats: found.seats });
    for (const one of found.said) this.follow(one);
    await this.show(found.shown);
  }

  // Plays one message.  What the game does not take is told to the seat it came from, and by
  // whomever it is read, now or later, it is not taken again.
  follow({ n, message }) {
    const from = message.seat === undefined ? "" : `${message.room}/${message.seat}`;
    let refused = "";
    try {
      if (message.kind === "begin") {
        this.game = startGame(this.scenarios, message.settings);
        this.heard = {};
      } else if (this.game) applyMessage(this.game, message);
    } catch (error) {
      refused = error instanceof Refused ? error.message : String(error);
    }
    this.upto = n;
    this.version++;
    this.heard[from] = { n, refused };
  }

  // Hands the sheets to the server, where they have moved or it has none.
  async show(has) {
    const all = this.game ? sheetsOf(this.game, this.heard) : { table: {}, sheets: {} };
    const text = JSON.stringify(all);
    if (has && text === this.shown) return;
    await this.ask("PUT", "/host/sheets", all);
    this.shown = text;
    this.names = all.table.names ?? {};
  }

  // A new game; `Refused` where the settings are none.
  begin(settings) {
    return this.say({ kind: "begin", settings: startGame(this.scenarios, settings).settings });
  }

  // Sends a message of the play that is on.
  send(message) {
    const { play, turn } = this.game;
    return this.say({ play, ...(message.kind !== "govern" && { turn }), ...message });
  }

  // Goes on with a game that was saved, as one that is played here now.
  async replace(log) {
    for (const message of log) await this.say(message);
  }

  async say(message) {
    const { n } = await this.ask("POST", "/host", message);
    await this.look();
    const { refused } = Object.values(this.heard).find((one) => one.n === n) ?? {};
    if (refused) throw new Refused(refused);
  }

  async free(room, seat) {
    await this.ask("POST", "/host/free", { room, seat });
    await this.look();
  }

  async erase() {
    await this.ask("DELETE", "/host");
    await this.look();
  }

  status() {
    return statusOf(this.game);
  }
}

function sheetsOf(game, heard) {
  const sheets = {}, names = {};
  for (let room = 0; room < game.settings.rooms; room++) {
    for (const { seat } of game.seats) {
      const key = `${room}/${seat}`, { n = 0, refused = "" } = heard[key] ?? {};
      sheets[key] = { upto: n, refused, sheet: sheetOf(game, room, seat) };
      names[key] = seatName(game, room, seat);
    }
  }
  return { table: { names }, sheets };
}
