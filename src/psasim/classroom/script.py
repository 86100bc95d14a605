"""The page's JavaScript modules, joined to one classic script.

A page that is opened from a file may load no modules and no workers, so every module that the
first one needs is written out once, imports first, without remarks and indents, in one scope.
No bundler: an import here is a list of names in braces, an export stands before a declaration.
"""

from __future__ import annotations

import re
from importlib.resources import files
from importlib.resources.abc import Traversable

PAGE = files("psasim") / "classroom" / "page"

_IMPORT = re.compile(r'^import \{([^}]*)\} from "([^"]+)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|const|class)\b)", re.MULTILINE)
_MARGIN = re.compile(r"^ *//.*\n|^ +", re.MULTILINE)
_DECLARED = re.compile(r"^(?:export )?(?:async )?(?:function\*?|const|let|class) (\w+)",
                       re.MULTILINE)

_BESIDE = re.compile(r"^(?:export )?(?:const|let) \w+ = ([^\n]*)", re.MULTILINE)
_ALSO = re.compile(r", ([A-Z_]+) = ")
"""Constants that are declared beside another on its line."""


def script(entry: str, given: str, name: str = "psasim") -> str:
    """One classic script that puts what module `entry` and those it needs declare into `name`.

    entry: path of a module below the page's folder; given: the value of the constant `GIVEN`
    that they read, JSON.  Raises `ValueError` where two modules declare one name, or one
    imports what another does not export.
    """
    modules = _modules(entry)
    owner: dict[str, str] = {}
    for path, text in modules.items():
        beside = [name for rest in _BESIDE.findall(text) for name in _ALSO.findall(rest)]
        for declared in [*_DECLARED.findall(text), *beside]:
            if declared in owner:
                raise ValueError(f"{path} and {owner[declared]} both declare {declared}")
            owner[declared] = path
    body = "\n".join(
        f"// {path}\n{_EXPORT.sub('', _IMPORT.sub('', _MARGIN.sub('', text))).strip()}\n"
        for path, text in modules.items()
    )
    public = ", ".join(sorted(_exports("\n".join(modules.values()))))
    return (f'const {name} = (() => {{\n"use strict";\nconst GIVEN = {given};\n\n{body}\n'
            f"return {{ {public} }};\n}})();\n")


def _modules(entry: str) -> dict[str, str]:
    """Text of each module by its path, imports before what needs them."""
    found: dict[str, str] = {}

    def visit(path: str, above: tuple[str, ...]) -> None:
        if path in above:
            raise ValueError(f"modules import in a circle: {' > '.join([*above, path])}")
        if path in found:
            return
        text = _file(path).read_text(encoding="utf-8")
        for names, target in _IMPORT.findall(text):
            other = _beside(path, target)
            visit(other, (*above, path))
            missing = {name.strip() for name in names.split(",")} - _exports(found[other]) - {""}
            if missing:
                raise ValueError(f"{path} imports {', '.join(sorted(missing))}, which {other} "
                                 "does not export")
        found[path] = text

    visit(entry, ())
    return found


def _exports(text: str) -> set[str]:
    return {match[1] for match in _DECLARED.finditer(text) if match[0].startswith("export")}


def _file(path: str) -> Traversable:
    return PAGE.joinpath(*path.split("/"))


def _beside(path: str, target: str) -> str:
    """Path of what a module names relative to itself."""
    parts = path.split("/")[:-1]
    for step in target.split("/"):
        if step == "..":
            parts.pop()
        elif step != ".":
            parts.append(step)
    return "/".join(parts)
