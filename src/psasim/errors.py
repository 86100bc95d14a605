"""Errors a user can meet, each with the exit code of its kind."""

from __future__ import annotations


class PsasimError(Exception):
    """Base of psasim's own errors; the message is meant for the user."""

    exit_code = 1


class InputError(PsasimError):
    """The user's input is wrong: names the path, the value, the bound and the fix."""

    exit_code = 2


class StoreError(PsasimError):
    """A results folder is in conflict with this run, or locked."""

    exit_code = 3


def shown(value: object, longest: int = 80) -> str:
    """A value as a message quotes it: its repr, with the middle left out where it is long."""
    try:
        return _cut(repr(_cut(value, longest) if isinstance(value, str) else value), longest + 40)
    except ValueError:  # Python writes no whole number of more than 4,300 digits
        return "a number of thousands of digits"


def _cut(text: str, longest: int) -> str:
    if len(text) <= longest:
        return text
    return f"{text[:longest * 2 // 3]} ... {text[-longest // 4:]}"
