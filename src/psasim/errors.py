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
