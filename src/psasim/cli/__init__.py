"""The `psasim` command."""

from psasim.cli.dispatch import main

__all__ = ["main"]
