"""`python -m psasim.documents [--check] [FOLDER]`: write the generated documents, or tell drift."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from psasim.documents import documents
from psasim.errors import InputError


def main(arguments: Sequence[str]) -> int:
    """Exit code: 0 done or in step, 1 drift, 2 no such folder or a place missing."""
    parser = argparse.ArgumentParser(prog="python -m psasim.documents", description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=Path("docs"),
                        help="folder of the documents (default: docs)")
    parser.add_argument("--check", action="store_true", help="write nothing, fail on drift")
    given = parser.parse_args(arguments)
    try:
        texts = documents(given.folder)
    except OSError as error:
        print(f"{error.filename}: {error.strerror}; name the folder of model.md", file=sys.stderr)
        return 2
    except InputError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    stale = [path for path, text in texts.items()
             if not path.is_file() or path.read_text(encoding="utf-8") != text]
    if given.check:
        for path in stale:
            print(f"{path} differs from the declarations; run python -m psasim.documents",
                  file=sys.stderr)
        return 1 if stale else 0
    for path in stale:
        path.write_text(texts[path], encoding="utf-8")
        print(f"wrote {path}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
