"""The text of a user's file, or an error that names the file, the line and the fix."""

from __future__ import annotations

import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from os import PathLike
from pathlib import Path

from psasim.errors import InputError, short, shown

LARGEST = 64
"""MB of the largest file that is read whole."""

_NUMBER = re.compile(r"[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?")
_CONTROL = re.compile("[^\t\n\r -~\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def user_path(name: str | Path) -> Path:
    """The path that a user gave, with `~` for the home folder; raises `InputError`."""
    if not isinstance(name, str | PathLike):
        raise InputError(f"{shown(name)} is no path; give a name or a path as text")
    try:
        path = Path(name).expanduser()
        path.exists()
    except (OSError, ValueError, RuntimeError) as error:  # too long, a NUL, no such home
        raise InputError(f"{shown(str(name))} cannot be a path ({short(str(error))})") from None
    return path


def read_text(path: Path, largest: float = LARGEST) -> str:
    """Text of a plain file in UTF-8, not empty; largest: MB it may have.

    Raises `InputError`.
    """
    raw = _bytes(path, largest)
    if raw.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        raise InputError(f"{path}: is UTF-16 (Excel's 'Unicode text'); save the file as UTF-8")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(_not_utf8(path, raw, error.start)) from None
    if not text.strip():
        raise InputError(f"{path}: the file is empty")
    found = control(text)
    if found:
        line = text.count("\n", 0, found.start()) + 1
        raise InputError(f"{path} line {line}: control character U+{ord(found[0]):04X}; remove it")
    return text


def control(text: str) -> re.Match[str] | None:
    """The first character that no text file should hold: control codes, halves of a pair."""
    return _CONTROL.search(text)


def number(text: str) -> float | None:
    """The number that a text stands for, as people write them: 12, -0.5, .5, 1e-3."""
    return float(text) if _NUMBER.fullmatch(text) else None


def _bytes(path: Path, largest: float) -> bytes:
    try:
        if path.is_dir():
            raise InputError(f"{path}: is a folder; name a file in it")
        if path.exists() and not path.is_file():
            raise InputError(f"{path}: is not a plain file; name one")
        size = path.stat().st_size / 1e6
        if size > largest:
            raise InputError(f"{path}: has {size:,.0f} MB, more than the {largest:g} MB that are "
                             "read; check that it is the right file")
        return path.read_bytes()
    except FileNotFoundError:
        raise InputError(f"{path}: no such file; check the spelling of the path") from None
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror})") from None
    except ValueError:
        raise InputError(f"{shown(str(path))} cannot be the path of a file") from None


def _not_utf8(path: Path, raw: bytes, start: int) -> str:
    """Where the text stops being UTF-8, and what Excel on Windows would have meant there."""
    line = raw[:start].count(b"\n") + 1
    meant = raw[start:start + 1].decode("cp1252", errors="ignore")
    seen = f" ({meant!r} in Windows-1252)" if meant.isprintable() and meant else ""
    return (f"{path} line {line}: byte {raw[start]:#04x}{seen} is not UTF-8; save the file as "
            "UTF-8 (in Excel: 'CSV UTF-8')")
