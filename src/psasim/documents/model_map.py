"""`docs/model_map.svg`: from levers to what they move, through the month, to what is reported."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from types import MappingProxyType

from psasim.declared.declare import Heading
from psasim.declared.levers import LEVERS
from psasim.documents.causes import CLOSE, COSTS, Phase, moved, phases, read_by_measures
from psasim.results.measures import MEASURES

COLOURS: Mapping[Heading, str] = MappingProxyType(dict(zip(
    Heading, ("#4e3b8f", "#0b5c8a", "#1c6b3a", "#8a4b08", "#8c1d40"), strict=True)))
DECIDE = MappingProxyType({
    "5 Allocate": "departments decide", "6 Clear the chain": "delivery bodies decide",
    "8 Publish": "departments decide", "9 Review": "the centre decides",
})
LEVER, COEFFICIENT, BOX, ITEM, MEASURE = 24, 400, 640, 955, 1240
"""Where the columns begin."""
WIDE, WIDTH = 265, 1490
"""Width of a phase, and of the map."""
TOP, ROW, GAP = 110.0, 21.0, 14.0
COST = "costs of levers"
Places = dict[str, float]


@dataclass(frozen=True, slots=True)
class Band:
    """A phase where it is drawn: its coefficients and items by place, its lines of text."""

    top: float
    height: float
    coefficients: Places
    items: Places
    lines: list[str]


def svg() -> str:
    """The map as text."""
    levers_move, found, measures_read = moved(), phases(), read_by_measures()
    bands = _bands(found, {name for names in levers_move.values() for name in names})
    bottom = max(band.top + band.height for band in bands.values())
    coefficients = {n: y for band in bands.values() for n, y in band.coefficients.items()}
    items = {n: y for band in bands.values() for n, y in band.items.items()}
    levers, lever_words = _column(
        {h: {n: _middle(levers_move[n], coefficients) for n, lever in LEVERS.shipped.items()
             if lever.heading is h} for h in Heading}, LEVER, bottom)
    measures, measure_words = _column(
        {h: {n: _middle(measures_read[n], items) for n, item in MEASURES.shipped.items()
             if item.heading is h} for h in Heading}, MEASURE, bottom)
    return _whole([
        *_titles(),
        *(line for name, band in bands.items() for line in _drawn(name, band)),
        *(_curve(LEVER + 235, levers[n] - 4, COEFFICIENT - 4, coefficients[c] - 4,
                 COLOURS[LEVERS[n].heading], f"{n} moves {c}")
          for n, names in levers_move.items() for c in names),
        *_read_again(found, bands, coefficients),
        *(_curve(ITEM + 150, items[i] - 4, MEASURE - 2, measures[m] - 4,
                 COLOURS[MEASURES[m].heading], f"{MEASURES[m].label} is taken from {i}")
          for m, names in measures_read.items() for i in names if i in items),
        *lever_words, *measure_words,
    ], bottom + 36)


def _bands(found: Mapping[str, Phase], by_lever: set[str]) -> dict[str, Band]:
    """Phases one below the other, each as high as what it holds; a coefficient stands at the
    first phase of the month that reads it."""
    bands: dict[str, Band] = {}
    placed: set[str] = set()
    top = TOP
    first, *rest = found
    later = {name for phase in rest for name in found[phase].coefficients}
    for name, phase in found.items():
        own = [c for c in phase.coefficients if c in by_lever - placed
               and (name != first or c not in later)]
        placed |= set(own)
        if "fixed_overhead" in phase.coefficients and name == "4 Overhead":
            own.append(COST)
        items = [item for item in phase.writes
                 if name != CLOSE or item == "closing" or item in {*by_lever, "money"}]
        lines = _lines(name, phase, by_lever)
        rows = max(len(own), len(items), 0.75 * len(lines) + 0.7)
        bands[name] = Band(
            top, rows * ROW + 8.0, _spread(own, top, rows), _spread(items, top, rows), lines)
        top += rows * ROW + 8.0 + GAP
    return bands


def _spread(names: Sequence[str], top: float, rows: float) -> Places:
    """Names in the middle of so many rows."""
    start = top + 4.0 + ROW * (rows - len(names)) / 2.0
    return {name: start + ROW * (number + 0.75) for number, name in enumerate(names)}


def _lines(name: str, phase: Phase, by_lever: set[str]) -> list[str]:
    """What a box says: the phase, who decides, states of last month, other coefficients."""
    others = len(phase.coefficients.keys() - by_lever - set(COSTS))
    said = [name, *([DECIDE[name]] if name in DECIDE else [])]
    if phase.states:
        said += textwrap.wrap(f"reads of last month: {_listed(phase.states)}", 42)
    if others:
        said.append(f"and {others} coefficient{'s' * (others > 1)} that no lever moves")
    return said


def _listed(names: Iterable[str]) -> str:
    return ", ".join(name.replace("_", " ") for name in names)


def _middle(names: Iterable[str], places: Places) -> float:
    """Where, on average, what is led to or from stands."""
    known = [places[name] for name in names if name in places]
    return sum(known) / len(known) if known else TOP


def _column(
    groups: Mapping[Heading, Mapping[str, float]], x: float, bottom: float
) -> tuple[Places, list[str]]:
    """Names by heading, spread over the height: their places, and how they are drawn.

    groups: by name where it would best stand; headings and names are in that order.
    """
    used = {heading: names for heading, names in groups.items() if names}
    order = sorted(used, key=lambda heading: sum(used[heading].values()) / len(used[heading]))
    step = (bottom - TOP) / (sum(map(len, used.values())) + 1.6 * len(used) - 1.6)
    y = TOP
    places: Places = {}
    drawn: list[str] = []
    for heading in order:
        drawn.append(_text(x, y - 8, heading.value,
                           f'fill="{COLOURS[heading]}" font-weight="bold"'))
        for name in sorted(used[heading], key=lambda name: used[heading][name]):
            places[name] = y + 12
            drawn.append(_text(x + 12, y + 12, _words(name), f'fill="{COLOURS[heading]}"'))
            y += step
        y += 1.6 * step
    return places, drawn


def _drawn(name: str, band: Band) -> Iterator[str]:
    """A phase's box, with what it reads at its left and what it writes at its right."""
    middle = band.top + band.height / 2.0
    yield (f'<rect x="{BOX}" y="{band.top:.1f}" width="{WIDE}" height="{band.height:.1f}" rx="5" '
           f'fill="{"#fdf3e0" if name in DECIDE else "#f3f3f3"}" stroke="#444444"/>')
    y = middle - 8.0 * (len(band.lines) - 1) + 4.0
    for number, line in enumerate(band.lines):
        style = 'font-size="11" fill="#444444"' if number else 'font-weight="bold"'
        yield _text(BOX + 9, y + 16.0 * number, line, style)
    for coefficient, place in band.coefficients.items():
        style = 'font-style="italic"' if coefficient == COST else ""
        yield _text(COEFFICIENT, place, coefficient.replace("_", " "), style)
        yield _thin(COEFFICIENT + 148, BOX, place - 4)
    for item, place in band.items.items():
        yield _text(ITEM, place, item.replace("_", " "), "")
        yield _thin(BOX + WIDE, ITEM - 3, place - 4)
    if name != CLOSE:
        below = band.top + band.height
        yield (f'<path d="M {BOX + WIDE / 2} {below:.1f} V {below + GAP - 1:.1f}" fill="none" '
               'stroke="#444444" stroke-width="1.6" marker-end="url(#tip)"/>')


def _read_again(
    found: Mapping[str, Phase], bands: Mapping[str, Band], coefficients: Places
) -> Iterator[str]:
    """Dashed, from a coefficient to every other phase of the month that reads it."""
    for name in list(found)[1:]:
        band = bands[name]
        again = [c for c in found[name].coefficients
                 if c in coefficients and c not in band.coefficients]
        for place, coefficient in enumerate(again):
            y = band.top + band.height * (place + 1.0) / (len(again) + 1.0)
            yield _curve(COEFFICIENT + 148, coefficients[coefficient] - 4, BOX - 2, y, "#777777",
                         f"{name} reads {coefficient} too", 'stroke-dasharray="4 3"')


def _curve(
    x0: float, y0: float, x1: float, y1: float, colour: str, said: str, style: str = ""
) -> str:
    bend = 0.45 * (x1 - x0)
    return (f'<path class="cause" d="M {x0} {y0:.1f} C {x0 + bend:.0f} {y0:.1f}, '
            f'{x1 - bend:.0f} {y1:.1f}, {x1} {y1:.1f}" fill="none" stroke="{colour}" '
            f'stroke-width="1.2" stroke-opacity="0.75" {style} marker-end="url(#tip)">'
            f'<title>{escape(said.replace("_", " "))}</title></path>')


def _thin(x0: float, x1: float, y: float) -> str:
    return (f'<path d="M {x0} {y:.1f} H {x1 - 2}" fill="none" stroke="#888888" '
            'stroke-width="0.9" marker-end="url(#tip)"/>')


def _titles() -> Iterator[str]:
    yield _text(LEVER, 30, "Model map: how governance reaches what is reported",
                'font-size="18" font-weight="bold"')
    for x, head, said in (
        (LEVER, "Levers", ""), (COEFFICIENT, "move coefficients", "which a phase reads"),
        (BOX, "in the month, top to bottom", "shaded: somebody decides"),
        (ITEM, "which writes", "states and flows"), (MEASURE, "from which come measures", ""),
    ):
        yield _text(x, 60, head, 'font-size="15" font-weight="bold"')
        yield _text(x, 76, said, 'font-size="11" fill="#444444"')


def _text(x: float, y: float, text: str, style: str) -> str:
    return f'<text x="{x}" y="{y:.1f}" {style}>{escape(text)}</text>'


def _words(name: str) -> str:
    return MEASURES[name].label if name in MEASURES.shipped else name.replace("_", " ").capitalize()


def _whole(parts: Sequence[str], height: float) -> str:
    levers, measures = len(LEVERS.shipped), len(MEASURES.shipped)
    said = (f"{levers} levers under the five headings of the deck, the coefficients each "
            "moves, the phases of a month that read these and the states of the month before, the "
            f"states and flows that each phase writes, and {measures} measures that are taken "
            "from them. Read off the code. Tables: levers.md, measures.md.")
    body = "\n".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height:.0f}" '
        f'viewBox="0 0 {WIDTH} {height:.0f}" role="img" aria-labelledby="title description" '
        'font-family="sans-serif" font-size="13">\n'
        f'<title id="title">Model map</title>\n<desc id="description">{escape(said)}</desc>\n'
        '<style>.cause:hover { stroke-width: 4; stroke-opacity: 1; }</style>\n'
        '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="6" '
        'markerHeight="6" orient="auto" markerUnits="userSpaceOnUse">'
        '<path d="M 0 0 L 8 4 L 0 8 z" fill="#444444"/></marker>'
        f'</defs>\n<rect width="{WIDTH}" height="{height:.0f}" fill="#ffffff"/>\n{body}\n</svg>\n'
    )
