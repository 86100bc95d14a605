"""Files as an editor, a spreadsheet, a bad copy or a joker may leave them, by a seed."""

from __future__ import annotations

import csv
import io
import json
from random import Random
from typing import Any

import yaml

from tests.fuzz.odd import misspelt, odd

Texts = dict[str, bytes]

_SPECKS = (b"\x00", b"\xe9", b"\xff", b"\t", b"\r", b'"', b"'", b":", b"{", b"]", b"#", b"*x",
           b"&x ", b"!!int ", b", ", b"- ", b"\n---\n", b"\n\n", b"\xef\xbb\xbf")
_BOMB = b"\na: &a [" + b"x, " * 9 + b"]\n" + b"".join(
    b"%c: &%c [%b]\n" % (new, new, b"*%c, " % old * 9)
    for old, new in zip(b"abcdefgh", b"bcdefghi", strict=True))
_HEAPS = (_BOMB, b"\nx: " + b"[" * 5000, b"\nx: " + b"{a: " * 5000, b"\nx: " + b"9" * 5000)


def mutated(random: Random, texts: Texts) -> Texts:
    """The files with one to three things changed in one or two of them."""
    texts = dict(texts)
    for _ in range(random.choice((1, 1, 2))):
        name = random.choice(sorted(texts))
        change = random.choice((_bytes, _lines, _table if name.endswith(".csv") else _tree))
        texts[name] = change(random, texts[name])
    return texts


def _bytes(random: Random, raw: bytes) -> bytes:
    """Bytes lost, doubled, put in, or the whole in another coding."""
    at = random.randrange(len(raw) + 1)
    to = min(len(raw), at + random.choice((1, 1, 2, 10, 200)))
    text = raw.decode("utf-8", errors="replace")
    return random.choice((
        lambda: raw[:at] + raw[to:],
        lambda: raw[:at],
        lambda: raw[:at] + raw[at:to] * 3 + raw[to:],
        lambda: raw[:at] + random.randbytes(to - at) + raw[to:],
        lambda: raw[:at] + random.choice(_SPECKS) + raw[at:],
        lambda: raw[:at] + random.choice(_HEAPS) + raw[at:],
        lambda: b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode(),
        lambda: text.encode("utf-16"),
        lambda: text.replace("e", "é").encode("cp1252", errors="replace"),
        lambda: random.choice((b"", b"\n", random.randbytes(300), raw * 2)),
    ))()


def _lines(random: Random, raw: bytes) -> bytes:
    """Lines lost, doubled, moved, indented, or with an odd value."""
    lines = raw.decode("utf-8", errors="replace").split("\n")
    at, other = random.randrange(len(lines)), random.randrange(len(lines))
    line = lines[at]
    key = line.partition(":")[0]
    lines[at:at + 1] = random.choice((
        [], [line, line], [lines[other]], [" " + line], ["\t" + line], [line[1:]], [line, "..."],
        [f"{key}: {odd(random)}"], [f"{misspelt(random, key)}:{line.partition(':')[2]}"],
        [line.replace(",", ";")], [line.replace(".", ",")], [line + ","], [line + " # x"],
    ))
    return "\n".join(lines).encode("utf-8", errors="surrogatepass")


def _tree(random: Random, raw: bytes) -> bytes:
    """A value, a key or a row changed, and all written again."""
    try:
        content = yaml.safe_load(raw)
        places = list(_places(content, 0))
        if not places:
            return raw
        holder, key = random.choice(places)
        _change(random, holder, key)
        return yaml.safe_dump(content, sort_keys=False, allow_unicode=True,
                              default_flow_style=random.choice((None, True, False))).encode()
    except (ValueError, TypeError, yaml.YAMLError, RecursionError):
        return raw[::-1]


def _places(node: Any, depth: int) -> Any:
    """Every holder and key of a tree; deep ones as often as they are."""
    if depth > 30:
        return
    for key in list(node) if isinstance(node, dict) else range(len(node)) if isinstance(
            node, list) else ():
        yield node, key
        yield from _places(node[key], depth + 1)


def _change(random: Random, holder: Any, key: Any) -> None:
    old = holder[key]
    kind = random.randrange(8)
    if kind == 0:
        del holder[key]
    elif kind == 1 and isinstance(holder, dict):
        holder[misspelt(random, str(key))] = holder.pop(key)
    elif kind == 2 and isinstance(holder, list):
        holder.append(old)
    elif kind == 3:
        for _ in range(random.choice((1, 2, 40))):
            old = random.choice(([old], {"x": old}))
        holder[key] = old
    elif kind == 4 and isinstance(old, int | float):
        holder[key] = random.choice((-old, old * 1e6, old / 1e6, float("nan"), float("inf"),
                                     10**400, str(old), bool(old), old + 0.5, None))
    else:
        holder[key] = _read(odd(random))


def _read(text: str) -> object:
    """What YAML, written again, will hold: the text, or what it stands for."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text


def _table(random: Random, raw: bytes) -> bytes:
    """A cell, a row or a column changed, or the way the table is written."""
    try:
        rows = list(csv.reader(io.StringIO(raw.decode("utf-8-sig", errors="replace"))))
    except csv.Error:
        return raw[::-1]
    if not rows or not rows[0]:
        return raw
    row, column = random.choice(rows), random.randrange(len(rows[0]))
    kind = random.randrange(8)
    if kind == 0 and column < len(row):
        del row[column]
    elif kind == 1:
        row.append(odd(random))
    elif kind == 2:
        rows.insert(random.randrange(len(rows)), random.choice(([], [""] * len(row), list(row))))
    elif kind == 3:
        rows = [[cell for at, cell in enumerate(line) if at != column] for line in rows]
    elif kind == 4:
        rows[0][column] = misspelt(random, rows[0][column])
    elif column < len(row):
        row[column] = odd(random)
    out = io.StringIO()
    csv.writer(out, delimiter=random.choice((",",) * 8 + (";", "\t")),
               quoting=random.choice((csv.QUOTE_MINIMAL, csv.QUOTE_ALL)),
               escapechar="\\").writerows(rows)
    return out.getvalue().encode("utf-8", errors="surrogatepass")
