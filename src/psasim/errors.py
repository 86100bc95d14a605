"""Errors a user can meet, each with the exit code of its kind."""

from __future__ import annotations


class PsasimError(Exception):
    """Base of psasim's own errors; the message is meant for the user."""

    exit_code = 1


class InputError(PsasimError):
    """The user's input is wrong: names the path, the value, the bound and the fix."""

    exit_code = 2


class Unanswerable(InputError):
    """The design, or the number of its points, does not support an answer; says which would."""


class StoreError(PsasimError):
    """A results folder is in conflict with this run, or locked."""

    exit_code = 3


def shown(value: object, longest: int = 80) -> str:
    """A value as a message quotes it: its repr on one line, the middle left out of a long one."""
    try:
        text = repr(short(value, longest) if isinstance(value, str) else value)
    except ValueError:  # Python writes no whole number of more than 4,300 digits
        return "a number of thousands of digits"
    except Exception:  # an object of somebody else's
        return f"something of type {type(value).__name__}"
    return short(" ".join(text.split("\n")), longest + 40)


def short(text: str, longest: int = 80) -> str:
    """A text with its middle left out where it is long."""
    if len(text) <= longest:
        return text
    return f"{text[:longest * 2 // 3]} ... {text[-longest // 4:]}"
