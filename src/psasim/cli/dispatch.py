"""`psasim <command>`: finds the command, and turns every error into a message and a code.

Exit codes: 0 done, 1 a bug in psasim, 2 wrong input, 3 a results folder in conflict,
130 Ctrl-C.  Commands are imported only when called, so that help is quick.
"""

from __future__ import annotations

import sys
import tempfile
import traceback
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from psasim.cli.interrupt import CODE, interruptible
from psasim.cli.terminal import tell, terminals
from psasim.declared.names import unknown
from psasim.errors import InputError, PsasimError, short, shown

LONGEST = 400
"""Characters of what a library says that are passed on."""

COMMANDS = {
    "analyse": "what finished results say to a question, in words and tables",
    "calibrate": "which parameter sets the evidence does not rule out",
    "cite": "the sources that a results folder rests on, as BibTeX",
    "classroom": "the model in one page, from here or as one HTML file; the game for a room",
    "design": "the size of an experiment, and what it will take",
    "doctor": "what is installed here, what works, how fast, and whether the bits are right",
    "new": "write a scenario to begin with, each fact explained",
    "replay": "run one stored run again, month by month",
    "report": "one page that answers what a folder was run for, with its tables",
    "results": "what a results folder holds; query it with --sql",
    "run": "compare governance packages and write the results",
    "show": "print a declared table: parameters, levers, measures, scenarios ...",
    "validate": "which observed patterns the model reproduces, and which it misses",
    "verify": "whether a results folder is sound: every part, input and digest",
}


WRITES = ("calibrate", "report", "run", "validate")
"""Commands that are done once their files are written, whether or not their words arrive."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command named by `argv[0]`; returns the exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    with terminals() as out, interruptible():
        code = _carried_out(arguments)
        out.flush()
        if out.failure is not None:
            said = _say(f"standard output: {out.failure.strerror}", InputError.exit_code)
            code = code or (0 if arguments[:1] and arguments[0] in WRITES else said)
        return code


def _carried_out(arguments: list[str]) -> int:
    try:
        return _command(arguments)
    except KeyboardInterrupt:
        return _say("stopped by Ctrl-C; results already on disk are untouched", CODE)
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
        return _say(_of_file(error), InputError.exit_code)
    if isinstance(error, UnicodeEncodeError) and error.encoding == sys.getfilesystemencoding():
        return _say(f"{shown(error.object)} cannot be the name of a file in this locale, which "
                    f"writes {error.encoding}; LC_ALL=C.UTF-8 writes all", InputError.exit_code)
    if type(error).__module__.partition(".")[0] in ("hydra", "omegaconf"):
        path = getattr(error, "full_key", None)
        place = f"{path}: " if path else ""
        said = short(str(error).strip().partition("\n")[0], LONGEST)
        return _say(place + said, InputError.exit_code)
    return _say(f"a bug in psasim ({type(error).__name__}); {_kept(error)}", 1)


def _kept(error: Exception) -> str:
    """Where the details of a bug are."""
    try:
        with tempfile.NamedTemporaryFile(
            "w", prefix="psasim-", suffix=".txt", delete=False, encoding="utf-8", errors="replace"
        ) as file:
            traceback.print_exception(error, file=file)
    except OSError as full:
        return f"details could not be kept ({full.strerror})"
    return f"details are in {file.name}"


def _of_file(error: OSError) -> str:
    """Which file, and what is wrong with it; a working folder that is gone is in no error."""
    try:
        Path.cwd()
    except OSError:
        return "the working folder is gone; change to one that is there"
    place = f"{error.filename}: " if error.filename else ""
    return f"{place}{error.strerror or error}"


def _say(message: str, code: int) -> int:
    tell(message)
    return code
