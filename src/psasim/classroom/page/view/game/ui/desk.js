// The game of this page: its log, and where that is kept.
//
// A keeper has load(), the log it has or null; keep(log), whether it was kept; and erase().  On a
// network the server is another.

import { applyMessage, replayGame, startGame, statusOf } from "../core/game.js";
import { Refused } from "../core/checks.js";

export class GameDesk {
  constructor(scenarios, keeper) {
    Object.assign(this, { scenarios, keeper, game: null, kept: true });
  }

  // Goes on with the log that is kept; whether there is one.
  resume() {
    const log = this.keeper.load();
    if (log) this.game = replayGame(this.scenarios, log);
    return log !== null;
  }

  begin(settings) {
    this.game = startGame(this.scenarios, settings);
    this.kept = this.keeper.keep(this.game.log);
  }

  // Goes on with a log from elsewhere, in place of the one that is kept.
  replace(log) {
    this.game = replayGame(this.scenarios, log);
    this.kept = this.keeper.keep(this.game.log);
  }

  // Sends a message of the play that is on.
  send(message) {
    const { play, turn } = this.game;
    applyMessage(this.game, { play, ...(message.kind !== "govern" && { turn }), ...message });
    this.kept = this.keeper.keep(this.game.log);
  }

  erase() {
    this.keeper.erase();
    this.game = null;
  }

  status() {
    return statusOf(this.game);
  }
}

const STORE = "psasim-game";

// Keeps the log in this browser, where it keeps anything for a page from a file.
export function localKeeper(model) {
  return {
    load() {
      let text = null;
      try { text = localStorage.getItem(STORE); } catch { /* nothing is kept */ }
      return text === null ? null : logOfText(text, model);
    },
    keep(log) {
      try {
        localStorage.setItem(STORE, textOfLog(log, model));
        return true;
      } catch {
        return false;
      }
    },
    erase() {
      try { localStorage.removeItem(STORE); } catch { /* nothing is kept */ }
    },
  };
}

// A log as text, and back; `Refused` where it is none, or of another model.
export function textOfLog(log, model) {
  return JSON.stringify({ game: STORE, model, log });
}

export function logOfText(text, model) {
  let held;
  try {
    held = JSON.parse(text);
  } catch {
    throw new Refused("it is not JSON");
  }
  if (held?.game !== STORE) throw new Refused("it is no record of a game");
  if (held.model !== model) {
    throw new Refused(`it was played on model ${held.model}, and this page has ${model}`);
  }
  return held.log;
}
