// What a debrief shows: lines, tables and bars of what was recorded.

import { html, table } from "../../elements.js";
import { percent, said } from "../../words.js";
import { choiceWords, seenWords } from "./record.js";
import { lineChart, lineLegend, valueBar } from "./lines.js";
import { PLAYING, figureName, listed, packageName, people, scoreParts } from "./naming.js";

const SHOWN = PLAYING.debrief;

function outcomeNames({ layout }) {
  const { name, key } = layout.facts.outcomes;
  return key.map((one, o) => name?.[o] || one);
}

function tableName(rooms, room) {
  return rooms.length > 1 ? said(SHOWN.table, { number: room + 1 }) : SHOWN.you;
}

function of(value) {
  return value === null || value === undefined ? SHOWN.nothing : percent(value);
}

// Published lines of each outcome, a set for each table; with what was real where `real`.
export function chartsOf(place, { rooms }, real) {
  const { desk: { game } } = place, months = game.settings.months;
  const names = outcomeNames(game);
  const figures = rooms.flatMap(({ real: was, reported }, room) => names.map((outcome, o) => {
    const told = reported.map((row) => row[o]), truth = was.map((row) => row[o]);
    const words = said(real ? SHOWN.chartReal : SHOWN.chart,
      { outcome, told: of(told.at(-1)), real: percent(truth.at(-1)) });
    return html("figure", {},
      html("figcaption", {}, rooms.length > 1 ? `${tableName(rooms, room)}: ${words}` : words),
      lineChart(words, months, [...(real ? [{ values: truth, kind: "real" }] : []),
        { values: told, kind: "reported" }]));
  }));
  const legend = lineLegend([...(real ? [["real", SHOWN.real]] : []),
    ["reported", SHOWN.reported]]);
  return [html("ul", { class: "game-legend" }, ...legend.map(([mark, words]) =>
    html("li", {}, mark, " ", words))), html("div", { class: "game-charts" }, ...figures)];
}

function wide(content) {
  return html("div", { class: "wide-table", tabindex: 0, role: "group",
    "aria-label": content.caption?.textContent ?? "" }, content);
}

// Guesses beside the mean effort that partners posted in the turn, the largest gap first; gaps at
// least half as large as that are marked.
export function guessTable(place, { rooms }) {
  const { game } = place.desk, { layout } = game, words = SHOWN.expected;
  const names = outcomeNames(game), keys = layout.facts.outcomes.key;
  const rows = rooms.flatMap(({ turns, effort }, room) => turns.flatMap(
    ({ first, last, choices }, turn) => Object.entries(choices).flatMap(([seat, choice]) =>
      Object.entries(choice?.guess ?? {}).map(([outcome, guess]) => {
        const o = keys.indexOf(outcome), { row } = game.seats.find((one) => one.seat === seat);
        const partners = [...layout.outcome.keys()].filter((c) =>
          layout.outcome[c] === o && layout.department[c] !== row);
        const posted = effort.slice(first - 1, last).map((month) => partners.reduce((sum, c) =>
          sum + month[layout.task_of_contribution[c]], 0));
        const given = posted.reduce((sum, one) => sum + one, 0) / posted.length;
        return { gap: people(given) - people(guess), cells: [String(turn + 1),
          place.name(room, seat), names[o], people(guess), people(given)].map(String) };
      }))));
  if (rows.length === 0) return html("p", {}, words.none);
  rows.sort((a, b) => Math.abs(b.gap) - Math.abs(a.gap));
  const most = Math.abs(rows[0].gap);
  return wide(table(words.caption, Object.values(words.columns), rows.map(({ gap, cells }) =>
    [...cells, gap !== 0 && 2 * Math.abs(gap) >= most ? html("mark", {}, gapWords(gap))
      : gapWords(gap)])));
}

function gapWords(gap) {
  return said(gap > 0 ? SHOWN.expected.more : gap < 0 ? SHOWN.expected.fewer : SHOWN.expected.same,
    { people: Math.abs(gap) });
}

// What each seat answered for and was paid for; nothing is added up.
export function scoreList(place, { rooms }) {
  const { game } = place.desk, { key } = game.layout.facts.outcomes, names = outcomeNames(game);
  const answered = ({ turns }, { kind, row }) => {
    if (["body", "centre"].includes(kind)) return [];
    const { outcomes, responsibility } = turns.at(-1).views[row];
    const those = outcomes.filter((_, n) => responsibility[n] > 0)
      .map((one) => names[key.indexOf(one)]);
    return [said(SHOWN.scores.answered, { outcomes: listed(those) || SHOWN.nothing })];
  };
  return html("ul", {}, ...rooms.flatMap((one, room) => game.seats.map((seat) =>
    html("li", {}, html("strong", {}, place.name(room, seat.seat)), ": ",
      [...answered(one, seat),
        said(SHOWN.scores.paid, { parts: scoreParts(one.scores[seat.seat]) })].join(" ")))));
}

// Shares of capacity by line, of each table and of the model's departments under the same package.
export function ledgerOf(place, { rooms, model }) {
  const { layout, settings } = place.desk.game;
  const capacity = settings.months * layout.facts.departments.capacity.reduce((a, b) => a + b, 0);
  const share = ({ ledger }, name) => ledger[name].reduce((a, b) => a + b, 0) / capacity;
  const heads = rooms.map((_, room) => tableName(rooms, room));
  return wide(table(SHOWN.ledger.caption, [SHOWN.ledger.line, ...heads, SHOWN.model, SHOWN.picture],
    Object.entries(GIVEN.texts.view.lines).map(([name, line]) => [line,
      ...[...rooms, model].map((one) => percent(share(one, name))),
      valueBar(share(rooms[0], name), 1, share(model, name))])));
}

export function movedTable(place, { rooms }) {
  const words = SHOWN.moved;
  const rows = rooms.flatMap(({ figures }) => figures.filter(({ shown, told }) => shown !== told)
    .map(({ month, indicator, shown, told }) =>
      [String(month), figureName(indicator), percent(shown), percent(told)]));
  return rows.length === 0 ? html("p", {}, words.none)
    : wide(table(words.caption, Object.values(words.columns), rows));
}

// Each outcome's end in the same world, as others would have brought it there.
export function luckFigures(place, { rooms, model }, { silos, best, giving }) {
  const all = [
    ...rooms.map((room, n) => [tableName(rooms, n), room]), [SHOWN.model, model],
    [SHOWN.silos, silos], [said(SHOWN.best, { name: packageName(best.name) }), best],
    [SHOWN.giving, giving],
  ];
  const most = Math.max(1.25, ...all.flatMap(([, one]) => one.real.at(-1)));
  return [html("p", { class: "about" }, SHOWN.luck.about),
    html("div", { class: "game-luck" }, ...outcomeNames(place.desk.game).map((outcome, o) =>
      table(outcome, [SHOWN.luck.who, SHOWN.luck.real, SHOWN.picture], all.map(([who, { real }]) =>
        [who, percent(real.at(-1)[o]), valueBar(real.at(-1)[o], most, 1)]))))];
}

// Every choice, turn by turn, beside what the seat saw when it chose.
export function recordTable(place, { rooms }) {
  const { game } = place.desk, words = SHOWN.record;
  const rows = rooms.flatMap(({ turns }, room) => turns.flatMap((turn, n) =>
    game.seats.map((seat) => [String(n + 1), place.name(room, seat.seat),
      choiceWords(game, seat, turn.choices[seat.seat]), seenWords(game, seat, turn)])));
  return wide(table(words.caption, Object.values(words.columns), rows));
}
