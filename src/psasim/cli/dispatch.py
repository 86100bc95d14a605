"""`psasim <command>`: finds the command, and turns every error into a message and a code.

Exit codes: 0 done, 1 a bug in psasim, 2 wrong input, 3 a results folder in conflict,
130 Ctrl-C.  Commands are imported only when called, so that help is quick.
"""

from __future__ import annotations

import os
import sys
import tempfile
import traceback
from collections.abc import Sequence
from importlib import import_module

from psasim.declared.names import unknown
from psasim.errors import InputError, PsasimError

COMMANDS = {
    "calibrate": "which parameter sets the evidence does not rule out",
    "design": "the size of an experiment, and what it will take",
    "replay": "run one stored run again, month by month",
    "results": "what a results folder holds; query it with --sql",
    "run": "compare governance packages and write the results",
    "show": "print a declared table: parameters, levers, packages, measures, scenarios, sources",
    "validate": "which observed patterns the model reproduces, and which it misses",
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command named by `argv[0]`; returns the exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    try:
        return _command(arguments)
    except KeyboardInterrupt:
        return _say("stopped by Ctrl-C; results already on disk are untouched", 130)
    except BrokenPipeError:
        # The reader (`| head`) has seen enough; keep the interpreter's last flush quiet.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        return _explain(error)


def _command(arguments: list[str]) -> int:
    if not arguments or arguments[0] in ("-h", "--help"):
        print(_usage())
        return 0
    name, *rest = arguments
    if name == "--version":
        from psasim import __version__

        print(f"psasim {__version__}")
        return 0
    if name not in COMMANDS:
        raise unknown(name, COMMANDS, "command")
    import_module(f"psasim.cli.{name}").main(rest)
    return 0


def _usage() -> str:
    lines = ["usage: psasim <command> [options]", ""]
    width = max(map(len, COMMANDS))
    lines += [f"  {name:<{width}}  {what}" for name, what in COMMANDS.items()]
    return "\n".join([*lines, "", "`psasim <command> --help` says more."])


def _explain(error: Exception) -> int:
    """Say what went wrong; returns the exit code."""
    if isinstance(error, PsasimError):
        return _say(str(error), error.exit_code)
    if isinstance(error, OSError):
        place = f"{error.filename}: " if error.filename else ""
        return _say(f"{place}{error.strerror or error}", InputError.exit_code)
    if type(error).__module__.partition(".")[0] in ("hydra", "omegaconf"):
        return _say(str(error).strip(), InputError.exit_code)
    with tempfile.NamedTemporaryFile(
        "w", prefix="psasim-", suffix=".txt", delete=False, encoding="utf-8"
    ) as file:
        traceback.print_exception(error, file=file)
    return _say(f"a bug in psasim ({type(error).__name__}); details are in {file.name}", 1)


def _say(message: str, code: int) -> int:
    print(f"psasim: {message}", file=sys.stderr)
    return code
