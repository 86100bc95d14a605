"""The command line beside Python's functions."""

from __future__ import annotations

from tests.cli.conftest import psasim  # noqa: F401
