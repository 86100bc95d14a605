"""`docs/model_map.svg`: levers, what each moves nearest, the month, and what is reported."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from types import MappingProxyType

from psasim.declared.declare import Heading
from psasim.declared.levers import LEVERS
from psasim.declared.parameters import PARAMETERS
from psasim.results.measures import MEASURES

PHASES = ("Mobilise", "Perceive", "Weigh", "Overhead", "Allocate", "Clear the chain",
          "Deliver and produce", "Publish", "Review", "Learn")
"""The month, in order; section 3 of the model page."""

COLOURS: Mapping[Heading, str] = MappingProxyType(dict(zip(
    Heading, ("#4e3b8f", "#0b5c8a", "#1c6b3a", "#8a4b08", "#8c1d40"), strict=True)))
TOP, BOTTOM = 110.0, 950.0
"""First and last line."""
WIDTH, HEIGHT = 1180, 985
LEFT, MIDDLE, MONTH, RIGHT = 24, 400, 660, 880
"""Where the columns begin."""

Placed = dict[str, float]


def svg() -> str:
    """The map as text."""
    levers, lever_words = _column(
        {h: [n for n, lever in LEVERS.items() if lever.heading is h] for h in Heading}, LEFT)
    measures, measure_words = _column(
        {h: [n for n, item in MEASURES.items() if item.heading is h] for h in Heading}, RIGHT)
    quantities = _quantities(levers)
    parts = [
        *_titles(), *lever_words, *measure_words, *_moved(quantities),
        *_arrows(levers, quantities), *_month(quantities, measures),
    ]
    return _whole(parts)


def _column(groups: Mapping[Heading, Sequence[str]], x: float) -> tuple[Placed, list[str]]:
    """Names by heading, spread over the height: their places, and how they are drawn."""
    used = {heading: names for heading, names in groups.items() if names}
    step = (BOTTOM - TOP) / (sum(map(len, used.values())) + 1.6 * len(used) - 1.6)
    y = TOP - step
    places: Placed = {}
    drawn: list[str] = []
    for heading, names in used.items():
        drawn.append(_text(x, y + step - 22, heading.value,
                           f'fill="{COLOURS[heading]}" font-weight="bold"'))
        for name in names:
            y += step
            places[name] = y
            drawn.append(_text(x + 12, y, _words(name), f'fill="{COLOURS[heading]}"'))
        y += 1.6 * step
    return places, drawn


def _quantities(levers: Placed) -> Placed:
    """What levers move, spread over the height in the order in which their levers stand."""
    heights: dict[str, list[float]] = {}
    for name, lever in LEVERS.items():
        heights.setdefault(lever.moves, []).append(levers[name])
    names = sorted(heights, key=lambda name: sum(heights[name]) / len(heights[name]))
    step = (BOTTOM - TOP) / (len(names) - 1)
    return {name: TOP + step * place for place, name in enumerate(names)}


def _moved(places: Placed) -> Iterator[str]:
    number = Counter(item.moves for item in PARAMETERS.values())
    for name, y in places.items():
        kind = "measure" if name in MEASURES else "state"
        too = f"; {number[name]} parameter{'s' * (number[name] > 1)} too" if number[name] else ""
        yield (f'<rect x="{MIDDLE}" y="{y - 17:.1f}" width="190" height="34" rx="4" '
               'fill="#ffffff" stroke="#444444"/>')
        yield _text(MIDDLE + 8, y - 3, _words(name), 'font-weight="bold"')
        yield _text(MIDDLE + 8, y + 11, kind + too,
                    'font-size="11" fill="#444444"')


def _arrows(levers: Placed, quantities: Placed) -> Iterator[str]:
    """From each lever to what it moves, with the sign."""
    for name, lever in LEVERS.items():
        y0, y1 = levers[name] - 4, quantities[lever.moves]
        colour = COLOURS[lever.heading]
        yield (f'<path d="M {LEFT + 205} {y0:.1f} C {LEFT + 290} {y0:.1f}, {MIDDLE - 90} {y1:.1f}, '
               f'{MIDDLE - 6} {y1:.1f}" fill="none" stroke="{colour}" stroke-width="1.3" '
               'marker-end="url(#tip)"/>')
        sign = "+" if lever.direction > 0 else "\N{MINUS SIGN}"
        yield _text(LEFT + 194, y0 + 4, sign, f'fill="{colour}" font-weight="bold"')


def _month(quantities: Placed, measures: Placed) -> Iterator[str]:
    """All quantities act through the schedule; every measure is taken from it."""
    yield (f'<rect x="{MONTH}" y="{TOP - 24}" width="170" height="{BOTTOM - TOP + 40}" rx="6" '
           'fill="#f3f3f3" stroke="#444444"/>')
    step = (BOTTOM - TOP) / (len(PHASES) - 1)
    for number, phase in enumerate(PHASES):
        yield _text(MONTH + 14, TOP + step * number, f"{number + 1} {phase}", "")
    for y in quantities.values():
        yield _thin(MIDDLE + 190, MONTH, y)
    for y in measures.values():
        yield _thin(MONTH + 170, RIGHT + 4, y - 4)


def _thin(x0: float, x1: float, y: float) -> str:
    return (f'<path d="M {x0} {y:.1f} H {x1 - 2}" fill="none" stroke="#888888" '
            'stroke-width="0.8" marker-end="url(#tip)"/>')


def _titles() -> Iterator[str]:
    heads = ((LEFT, "Levers"), (MIDDLE, "moves nearest"), (MONTH, "the month"),
             (RIGHT, "Measures"))
    yield _text(LEFT, 30, "Model map: how governance reaches what is reported",
                'font-size="18" font-weight="bold"')
    for x, text in heads:
        yield _text(x, 64, text, 'font-size="15" font-weight="bold"')


def _text(x: float, y: float, text: str, style: str) -> str:
    return f'<text x="{x}" y="{y:.1f}" {style}>{escape(text)}</text>'


def _words(name: str) -> str:
    return MEASURES[name].label if name in MEASURES else name.replace("_", " ").capitalize()


def _whole(parts: Sequence[str]) -> str:
    said = (f"{len(LEVERS)} levers under the five headings of the deck, the state or measure each "
            "moves nearest and in which direction, the ten phases of a month through which all "
            f"act, and {len(MEASURES)} measures under the same headings. Table: levers.md.")
    body = "\n".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" '
        f'viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-labelledby="title description" '
        'font-family="sans-serif" font-size="13">\n'
        f'<title id="title">Model map</title>\n<desc id="description">{escape(said)}</desc>\n'
        '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" '
        'markerHeight="7" orient="auto"><path d="M 0 0 L 8 4 L 0 8 z" fill="#444444"/></marker>'
        f'</defs>\n<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>\n{body}\n</svg>\n'
    )
