"""YAML is read as plain data, each key once; everything else is refused in words, at once."""

from __future__ import annotations

import os
from math import inf, isnan
from pathlib import Path

import pytest

from psasim.errors import InputError
from psasim.reading.yaml import DEEPEST, plain, read_yaml


@pytest.fixture
def read(tmp_path: Path):
    file = tmp_path / "mine.yaml"

    def _read(content: str | bytes) -> dict:
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return plain(read_yaml(file))

    return _read


@pytest.mark.parametrize("written, value", [
    ("1", 1), ("-3", -3), ("+2", 2), ("010", 10), ("0.5", 0.5), (".5", 0.5), ("1.", 1.0),
    ("1e0", 1.0), ("1e-1", 0.1), ("1.5E+2", 150.0), (".inf", inf), ("-.inf", -inf),
    ("yes", True), ("on", True), ("True", True), ("no", False), ("off", False), ("NO", False),
    ("", None), ("~", None), ("null", None),
    ("1,317", "1,317"), ("1_000", "1_000"), ("0x1F", "0x1F"), ("12:30", "12:30"),
    ("2007-13-45", "2007-13-45"), ("2007-01-01", "2007-01-01"), ("=", "="), ("y", "y"),
    ("'1'", "1"), ('"yes"', "yes"), ("|\n  a\n  b\n", "a\nb\n"), ("'#1'", "#1"),
])
def test_scalars(read, written: str, value: object) -> None:
    got = read(f"x: {written}\n")["x"]
    assert got == value and type(got) is type(value)


def test_not_a_number(read) -> None:
    assert isnan(read("x: .nan")["x"])


def test_lists_and_tables_within_each_other(read) -> None:
    assert read("a: [1, {b: c}, []]\nd:\n- e: 1\n  f: {}\n2007: x\nno: y\n") == {
        "a": [1, {"b": "c"}, []], "d": [{"e": 1, "f": {}}], "2007": "x", "no": "y",
    }


def test_marks_of_an_editor_do_no_harm(read) -> None:
    assert read("\ufeff---\r\na: é  # why\r\n...\r\n") == {"a": "é"}


BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]\n"
    for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize("content, words", [
    ("a: 1\nb: 2\na: 3\n", "line 3: key 'a' already stands on line 1; remove one of the two"),
    ("p:\n  x: {a: 1,\n    a: 2}\n", "line 3: key 'a' already stands on line 2"),
    ("1: a\n'1': b\n", "line 2: key '1' already stands on line 1"),
    (BOMB, "line 2: *a stands for what is written elsewhere (a YAML alias); write it out"),
    ("a: &a {b: *a}", "*a stands for"),
    ("a: &x {b: 1}\nc:\n  <<: *x\n", "line 3: *x stands for"),
    ("a: !!python/object/apply:os.system [ls]", "!!python/object/apply:os.system is a YAML tag"),
    ("a: !!timestamp x", "line 1: !!timestamp is a YAML tag; remove it"),
    ("a: !!int x", "!!int is a YAML tag"),
    ("a: !mine x", "!mine is a YAML tag"),
    ("!!str a: x", "a key is a plain word"),
    ("? [a, b]\n: c\n", "line 1: a key is a plain word; write key: value"),
    ("a: " + "[" * 200 + "]" * 200, f"line 1: lists and tables stand more than {DEEPEST} deep"),
    ("a: " + "[" * 100_000, f"more than {DEEPEST} deep"),
    ("a: " + "{a: " * 200 + "}" * 200, f"more than {DEEPEST} deep"),
    ("a: " + "9" * 400, "is a number of 400 digits, more than the 18"),
    ("a: " + "9" * 9000, "is a number of 9000 digits"),
    ("x" * 300 + ": 1", "is longer than 200 characters"),
    ("row: {count: 1,317}", "line 1: 317 stands alone after a comma; write numbers without"),
    ("a: 1\n---\nb: 2\n", "line 2: a second document begins; keep one in a file"),
    ("a: 1\n--- x\n", "line 2: a second document begins"),
    ("a:\n\t- b\n", "line 2: not YAML: found character that cannot start any token; indent with"),
    ("a: [1\nb: 2\n", "line 2: not YAML"),
    ("a: 'x\n", "not YAML"),
    ("@a: 1\n", "line 1: not YAML"),
    ("a: b: c\n", "line 1: not YAML"),
    ("%YAML 9.9\n---\na: 1\n", "not YAML"),
    ("a: 1\nb: \x00", "line 2: control character U+0000; remove it"),
    ("a: \x1b[31m", "line 1: control character U+001B"),
    ('a: "x\\u001b[31m"', "line 1: control character U+001B in 'x\\x1b[31m'; remove it"),
    ('"a\\0": 1', "line 1: control character U+0000"),
    ('a: "\\ud800"', "line 1: "),
    (b"a: \xed\xa0\x80", "line 1: byte 0xed"),
    (b"b: 1\na: caf\xe9", "line 2: byte 0xe9 ('é' in Windows-1252) is not UTF-8"),
    ("a: é".encode("utf-16"), "is UTF-16"),
    (b"\xfe\xff", "is UTF-16"),
    ("", "the file is empty"),
    ("\ufeff", "the file is empty"),
    ("# only this\n", "holds nothing, not keys with values"),
    ("---\n", "holds nothing"),
    ("- a\n", "holds a list"),
    ("just words", "holds a single value"),
    (b"a: " + b"x" * 5_000_000, "has 5 MB, more than the 4 MB"),
])
def test_refused(read, content: str | bytes, words: str) -> None:
    with pytest.raises(InputError) as refused:
        read(content)
    assert words in str(refused.value)
    assert "mine.yaml" in str(refused.value)
    assert len(str(refused.value)) < 600


def test_what_is_no_file(tmp_path: Path) -> None:
    for path, words in ((tmp_path, "is a folder; name a file in it"),
                        (tmp_path / "none.yaml", "no such file; check the spelling"),
                        (tmp_path / ("x" * 300), "cannot be read"),
                        (Path("a\0b"), "cannot be the path of a file")):
        with pytest.raises(InputError, match=words):
            read_yaml(path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
def test_a_pipe_is_named_and_does_not_wait(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(InputError, match="is not a plain file"):
        read_yaml(tmp_path / "pipe")


def test_every_row_knows_its_line(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text("a:\n- {b: 1}\n\n- c: 2\n", encoding="utf-8")
    assert [row.place for row in read_yaml(file)["a"]] == [f"{file} line 2", f"{file} line 4"]
