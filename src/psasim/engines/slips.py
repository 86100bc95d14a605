"""Slips in the names of decisions: a class that means to override one and does not."""

from __future__ import annotations

from difflib import get_close_matches
from types import MappingProxyType

from psasim.errors import InputError

HOOKS = MappingProxyType({
    "allocate": "Department", "game": "Department", "agree": "DeliveryBody", "review": "Centre",
})
"""The decisions, each with the class that makes it."""

ALIKE = 0.8
"""Likeness of two names, 0 to 1, from which one is taken for a slip of the other."""


def refuse_slips(kind: type) -> None:
    """Raise `InputError` where a class defines `alocate`, a decision of others, or Mesa's
    `step` alone, and the usual decision would be made without a word."""
    own = vars(kind)
    if "hooks" in own:  # the classes of `HOOKS` themselves
        return
    hooks: tuple[str, ...] = kind.hooks  # type: ignore[attr-defined]
    override = f"override {' or '.join(hooks)}"
    missing = [hook for hook in hooks if hook not in own]
    for name, value in own.items():
        if name.startswith("_") or not callable(value) or name in hooks:
            continue
        place = f"{kind.__name__}.{name}"
        if any(hasattr(base, name) for base in kind.__bases__):
            if name in ("step", "advance") and len(missing) == len(hooks):
                raise InputError(f"{place}: psasim never calls an agent's {name}; {override}")
        elif name in HOOKS:
            raise InputError(f"{place}: {name} is a decision of a {HOOKS[name]}, and nobody asks "
                             f"this one for it; {override}, or name a helper _{name}")
        else:
            for near in get_close_matches(name.lower(), missing, n=1, cutoff=ALIKE):
                raise InputError(f"{place}: did you mean {near}? Nobody asks for {name}; name a "
                                 f"helper _{name}")
