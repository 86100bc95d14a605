"""CSV is read with the care a spreadsheet's leavings need; the rest is named by line."""

from __future__ import annotations

from pathlib import Path

import pytest

from psasim.declared.names import unknown
from psasim.errors import InputError
from psasim.reading.csv import read_csv

KNOWN = ("key", "share", "note")


def column(cell: str, place: str) -> str:
    if cell not in KNOWN:
        raise unknown(cell, KNOWN, f"{place}: column")
    return cell


@pytest.fixture
def read(tmp_path: Path):
    file = tmp_path / "mine.csv"

    def _read(content: str | bytes) -> list[dict]:
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return [dict(row) for row in read_csv(file, column)]

    return _read


PLAIN = [{"key": "a", "share": "0.4"}, {"key": "b", "share": ""}]


@pytest.mark.parametrize("content", [
    "key,share\na,0.4\nb,\n",
    "\ufeffkey,share\r\na,0.4\r\nb,\r\n",
    "key,share\ra,0.4\rb,\r",
    " key , share \n a , 0.4 \n b , ",
    "\n\nkey,share\n\n,\na,0.4\n  \nb,\n,\n\n",
    "key,share,,\na,0.4,,\nb,,,\n",
    "key,share,\na,0.4\nb,\n",
    '"key","share"\n"a","0.4"\n"b",""\n',
], ids=["plain", "excel", "old mac", "spaces", "blank rows", "empty columns", "uneven", "quotes"])
def test_the_same_rows(read, content: str) -> None:
    assert read(content) == PLAIN


def test_cells_may_hold_commas_and_lines(read) -> None:
    content = 'key,note\na,"x, ""y""\nz\u2028"\nb,n\n'
    assert read(content) == [{"key": "a", "note": 'x, "y"\nz'}, {"key": "b", "note": "n"}]


@pytest.mark.parametrize("content, words", [
    ("key;share\na;0.4\n", "line 1: columns are separated by semicolons; save the file with"),
    ("key\tshare\na\t0.4\n", "line 1: columns are separated by tabs"),
    ("\nKey,share\na,1\n", "line 2: column: unknown name 'Key'; did you mean 'key'?"),
    ("key,shared\na,1\n", "line 1: column: unknown name 'shared'; did you mean 'share'?"),
    ("key,,share\na,,1\n", "line 1: column 2 has no name; name it or remove it"),
    ("key,key\na,b\n", "line 1: column 'key' stands twice"),
    ("key,share\n\na,0.4\nb\n", "line 4: 1 cells under 2 columns, none for share"),
    ("key,share\na,0,4\n", "line 2: 3 cells under 2 columns; put text"),
    ("key,share\na,0.4,\n", "line 2: 3 cells under 2 columns"),
    ("key,share,,\na,0,4,\n", "line 2: 4 cells under 2 columns"),
    ('key,note\na,"x\ny"\nb,c,d\n', "line 4: 3 cells under 2 columns"),
    ('key,note\na,"x\ny\n', "line 2: not CSV: a double quote in this row is never closed"),
    ('key,note\na,"x"y\n', "line 2: not CSV"),
    (f"key,note\na,{'x' * 20_000}\n", "line 2: cell 2, 'xxxxxx"),
    (f'key,note\na,"{"x" * 200_000}\n', "line 2: not CSV: a cell in this row is enormous"),
    (b"key,share\na,0.4\nb,caf\xe9\n", "line 3: byte 0xe9 ('é' in Windows-1252) is not UTF-8"),
    ("key,share\na,\x00\n", "line 2: control character U+0000"),
    ("key,share\na,1\n".encode("utf-16"), "is UTF-16 (Excel's 'Unicode text')"),
    ("", "the file is empty"),
    ("key,share\n", "has a header but no rows"),
    ("key,share\n,\n", "has a header but no rows"),
    (",\n\n,\n", "has a header but no rows"),
])
def test_refused(read, content: str | bytes, words: str) -> None:
    with pytest.raises(InputError) as refused:
        read(content)
    assert words in str(refused.value)
    assert "mine.csv" in str(refused.value)
    assert len(str(refused.value)) < 600
