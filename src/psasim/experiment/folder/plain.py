"""Frozen dataclasses of tuples, made again from what JSON keeps of them."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import Any, get_args, get_origin, get_type_hints


def from_plain(kind: Any, content: dict[str, Any]) -> Any:
    """The dataclass `kind` that `dataclasses.asdict` made `content` of."""
    hints = get_type_hints(kind)
    values = {item.name: _value(hints[item.name], content[item.name]) for item in fields(kind)}
    return kind(**values)


def _value(hint: Any, content: Any) -> Any:
    if is_dataclass(hint):
        return from_plain(hint, content)
    if get_origin(hint) is not tuple:
        return content
    kinds = get_args(hint)
    if kinds[-1] is ...:
        return tuple(_value(kinds[0], item) for item in content)
    return tuple(_value(kind, item) for kind, item in zip(kinds, content, strict=True))
