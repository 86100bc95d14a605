// The game's rules: a game is the replay of a log of messages over a scenario.
//
// Pure and deterministic: no DOM, no clock, no chance but the worlds'.  Whoever holds the log (the
// page's store, a file, a server) holds the game.
//
//   startGame(scenarios, settings)   a game from its settings; scenarios as the page has them
//   applyMessage(game, message)      moves the game on, or throws `Refused` and leaves it as it was
//   replayGame(scenarios, log)       a game again from its log
//   sheetOf(game, room, seat)        what one seat may see now, JSON       (sheet.js)
//   statusOf(game)                   who has chosen, for the facilitator, JSON
//   debriefOf(game)                  everything, for the debrief, JSON     (debrief.js)
//
// game.log is append-only JSON; its first message holds the settings.  Messages, each an object:
//
//   { kind: "begin", settings: { scenario, seed, world, months, turn, rooms, seats } }
//       seed, world: which luck; months: of a play; turn: months a choice is held, a divisor of
//       months; rooms: parallel rooms in the same world, 1 to 4; seats: keys (seats.js), the same
//       in every room.  Made by `startGame`.
//   { kind: "vote", play, room, seat, choice: { lever } }
//       while the play waits for its package; a later vote of the seat replaces it.
//   { kind: "govern", play, name, governance }
//       facilitator: opens the play under levers { lever: { strength, field: value ... } };
//       name: how it is called, a preset's name, a lever's, or any words.
//   { kind: "choose", play, turn, room, seat, choice }
//       choice by kind of seat, or null: the model's agent plays this turn for the seat.
//       department, effort: { effort: { outcome key: department-months a month }, own, guess }
//           what is posted on each outcome (0.25 is 25 of 100 people); own: on the own agenda, all
//           that is left unless given; guess: { outcome key: what partners will post together }
//       department, figures: { figures: { indicator key: of target } } by how much a figure that is
//           due may be stretched towards the mark it is judged by, 0 to 0.3
//       body:   { order: { "Department.Outcome": "first" | "usual" | "last" } }
//       centre: { outcomes: [keys] } which it takes up, at most the sheet's `view.limit`
//       What is left out of a choice is none of it.  Until the turn is closed a later choice
//       replaces it.
//   { kind: "turn", play, turn }
//       facilitator: closes the turn.  Seats that have not chosen are played by the model.
//
// Plays and turns count from 1, rooms from 0.  Phases: "govern" (play waits for its package),
// "choose" (turn is open), and "over" after the last play.  What is refused says why in words.

import { drawWorlds } from "../../../model/month/worlds.js";
import { buildLayout } from "../../../model/structure/layout.js";
import { Refused, checkChoice, checkGovernance, checkSettings } from "./checks.js";
import { openRoom, outlooks, playMonths } from "./room.js";
import { PLAYS } from "./rules.js";
import { scoreOf } from "./scores.js";
import { decides, seatOf } from "./seats.js";

// A game that has begun, and waits for the package of its first play.
export function startGame(scenarios, settings) {
  const scenario = scenarios.find((one) => one.name === settings?.scenario);
  if (!scenario) throw new Refused(`no scenario ${settings?.scenario}`);
  const layout = buildLayout(scenario);
  const checked = checkSettings(layout, settings);
  return {
    title: scenario.title, settings: checked, layout,
    seats: checked.seats.map((key) => seatOf(layout, key)),
    worlds: drawWorlds(layout, checked.seed, checked.world, 1, checked.months),
    log: [{ kind: "begin", settings: checked }],
    plays: [{ votes: [] }], phase: "govern", play: 1, turn: 0,
    turns: checked.months / checked.turn,
  };
}

// A game from its log.
export function replayGame(scenarios, log) {
  if (!Array.isArray(log) || log[0]?.kind !== "begin") throw new Refused("it is no log of a game");
  const game = startGame(scenarios, log[0].settings);
  for (const message of log.slice(1)) applyMessage(game, message);
  return game;
}

const MOVES = { vote, govern, choose, turn: closeTurn };

// Moves a game on by a message.
export function applyMessage(game, message) {
  const move = Object.hasOwn(MOVES, message?.kind ?? "") ? MOVES[message.kind] : null;
  if (!move) throw new Refused(`no message ${message?.kind}`);
  if (message.play !== game.play || game.phase === "over") {
    throw new Refused(`play ${message.play} is not the one that is on`);
  }
  game.log.push(move(game, message));
  return game;
}

// The play that is on.
export function playOf(game) {
  return game.plays[game.play - 1];
}

function vote(game, { play, room, seat, choice }) {
  expectPhase(game, "govern");
  expectSeat(game, room, seat);
  checkGovernance({ [choice?.lever]: { strength: 1 } });
  const { votes } = playOf(game);
  const kept = { room, seat, lever: choice.lever };
  const before = votes.findIndex((one) => one.room === room && one.seat === seat);
  if (before < 0) votes.push(kept);
  else votes[before] = kept;
  return { kind: "vote", play, room, seat, choice: { lever: choice.lever } };
}

function govern(game, { play, name, governance }) {
  expectPhase(game, "govern");
  const { layout, settings, worlds } = game, checked = checkGovernance(governance);
  Object.assign(playOf(game), {
    name: String(name).slice(0, 80), governance: checked,
    rooms: Array.from({ length: settings.rooms }, () =>
      ({ run: openRoom(layout, checked, worlds), turns: [], pending: {} })),
  });
  game.phase = "choose";
  openTurn(game, 1);
  return { kind: "govern", play, name: playOf(game).name, governance: checked };
}

function openTurn(game, turn) {
  game.turn = turn;
  for (const room of playOf(game).rooms) {
    room.pending = {};
    room.views = outlooks(room.run);
  }
}

function choose(game, { play, turn, room, seat, choice }) {
  expectTurn(game, turn);
  const who = expectSeat(game, room, seat);
  const { rooms } = playOf(game);
  const checked = choice === null ? null : checkChoice(game.layout, who, choice, rooms[room]);
  rooms[room].pending[seat] = checked;
  return { kind: "choose", play, turn, room, seat, choice: checked };
}

function closeTurn(game, { play, turn }) {
  expectTurn(game, turn);
  const last = turn * game.settings.turn;
  for (const room of playOf(game).rooms) playTurn(game, room, last);
  if (turn < game.turns) openTurn(game, turn + 1);
  else if (play < PLAYS.length) {
    Object.assign(game, { phase: "govern", play: play + 1, turn: 0 });
    game.plays.push({ votes: [] });
  } else game.phase = "over";
  return { kind: "turn", play, turn };
}

// Plays a turn of a room, and keeps who chose what, what each could see, and what came of it.
function playTurn(game, room, last) {
  const { run, pending, views } = room, before = structuredClone(run.sums), from = run.month;
  const seen = run.seen, choices = new Map();
  for (const seat of game.seats) {
    const choice = pending[seat.seat];
    if (choice) for (const what of decides(seat)) choices.set(what, choice);
  }
  const figure = run.figures.length;
  playMonths(run, last, choices);
  room.turns.push({
    first: from + 1, last, choices: pending, views, seen,
    figures: run.figures.slice(figure),
    ledger: Object.fromEntries(Object.entries(run.sums).map(([name, now]) =>
      [name, [...now].map((value, i) => value - before[name][i])])),
    scores: Object.fromEntries(game.seats.map((seat) => [seat.seat, scoreOf(run, seat)])),
  });
}

// Who has chosen, for the facilitator: { phase, play, plays, turn, turns, first, last, name,
// rooms: [{ waiting: [seats], chosen: [seats], left: [seats left to the model] }],
// votes: { lever: number } }
export function statusOf(game) {
  const { phase, play, turn, turns, seats, settings } = game, now = playOf(game);
  const votes = {};
  for (const { lever } of now.votes) votes[lever] = (votes[lever] ?? 0) + 1;
  return {
    phase, play, plays: PLAYS.length, turn, turns, name: now.name ?? null,
    first: turn > 0 ? (turn - 1) * settings.turn + 1 : 0, last: turn * settings.turn, votes,
    rooms: (now.rooms ?? []).map(({ pending }) => {
      const those = (test) => seats.map(({ seat }) => seat).filter(test);
      return {
        waiting: those((seat) => !(seat in pending)),
        chosen: those((seat) => seat in pending && pending[seat] !== null),
        left: those((seat) => seat in pending && pending[seat] === null),
      };
    }),
  };
}

function expectPhase(game, phase) {
  if (game.phase !== phase) throw new Refused(`the play does not wait for ${phase} now`);
}

function expectTurn(game, turn) {
  if (game.phase !== "choose" || turn !== game.turn) throw new Refused(`turn ${turn} is not open`);
}

function expectSeat(game, room, seat) {
  if (!Number.isInteger(room) || room < 0 || room >= game.settings.rooms) {
    throw new Refused(`no room ${room}`);
  }
  const who = game.seats.find((one) => one.seat === seat);
  if (!who) throw new Refused(`no seat ${seat}`);
  return who;
}
