"""`psasim show <table>`: the declared tables, straight from the declarations."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from psasim.cli.table import terminal_width, text_table
from psasim.declared.declare import Choice, Quantity, Source
from psasim.declared.levers import LEVERS
from psasim.declared.names import unknown
from psasim.declared.parameters import PARAMETERS
from psasim.declared.presets import preset, preset_names

Table = tuple[Sequence[str], Sequence[Sequence[str]]]


def main(arguments: Sequence[str]) -> None:
    """Print the tables named; raises `psasim.InputError` for an unknown name."""
    if not arguments or arguments[0] in ("-h", "--help"):
        print(f"usage: psasim show {'|'.join(TABLES)} [extensions=FILE.py]")
        return
    if any(argument.startswith("extensions=") for argument in arguments):
        from psasim.cli.extended import take

        arguments = take(arguments)
    for name in arguments:
        if name not in TABLES:
            raise unknown(name, TABLES, "show")
    for name in arguments:
        headers, rows = TABLES[name]()
        print(text_table(headers, rows, terminal_width()))


def _basis(quantity: Quantity) -> str:
    basis = quantity.basis
    if isinstance(basis, Source):
        return basis.key
    return f"assumed, quality {basis.quality}, impact {basis.impact}"


def _range(item: Quantity | Choice) -> str:
    if isinstance(item, Choice):
        return "|".join(item.options)
    return f"{item.low:g}..{item.high:g}"


def _default(item: Quantity | Choice) -> str:
    return item.default if isinstance(item, Choice) else f"{item.default:g}"


def _quantities(items: Mapping[str, Quantity]) -> list[Sequence[str]]:
    return [(name, _default(item), _range(item), item.unit, _basis(item), item.description)
            for name, item in items.items()]


def parameters() -> Table:
    return ("parameter", "default", "range", "unit", "source", "description"), _quantities(
        PARAMETERS)


def structure() -> Table:
    """What a member of the family of scenarios is built of."""
    from psasim.scenario.family import STRUCTURE

    return ("structure", "default", "range", "unit", "source", "description"), _quantities(
        STRUCTURE)


def levers() -> Table:
    """One row a lever, then one a field that can be set beside its strength."""
    rows: list[Sequence[str]] = []
    for name, lever in LEVERS.items():
        moves = f"{lever.moves} {'+' if lever.direction > 0 else '-'}" if lever.moves else "own"
        strength = lever.table["strength"]
        rows.append((name, _default(strength), _range(strength), moves, lever.needed,
                     lever.description))
        rows += [(f"  .{item.name}", _default(item), _range(item), "", "", item.description)
                 for item in lever.fields]
    return ("lever", "default", "range", "moves", "live in", "description"), rows


def packages() -> Table:
    """One row a preset, with its levers, their strength and fields that are not the default."""
    rows = []
    for name in preset_names():
        levers = [_lever(lever, fields) for lever, fields in preset(name).settings().items()]
        rows.append((name, ", ".join(levers) or "no lever"))
    return ("package", "levers (strength 1 unless said)"), rows


def _lever(name: str, fields: Mapping[str, float | str]) -> str:
    """`stocktakes 0.5 (period 3)`."""
    table = LEVERS[name].table
    told = [f"{field} {value}" for field, value in fields.items()
            if field != "strength" and value != table[field].default]
    strength = f" {fields['strength']:g}" if fields["strength"] != 1 else ""
    return name + strength + (f" ({', '.join(told)})" if told else "")


def measures() -> Table:
    from psasim.results.measures import MEASURES

    good = {1: "more", -1: "less", 0: "neither"}
    rows = [(name, item.unit, good[item.good], item.definition) for name, item in MEASURES.items()]
    return ("measure", "unit", "better", "definition"), rows


def extensions() -> Table:
    """What `extensions=` named, or what installed packages offer."""
    from psasim.cli.extended import given
    from psasim.extensions import offered

    rows = [(o.name, o.kind, o.module, o.source) for o in given().origins] or [
        (name, "package", where, "") for name, where in offered().items()]
    return ("extension", "kind", "from", "source"), rows


def mechanisms() -> Table:
    """Every mechanism that can be replaced, with its docstring's first line."""
    from psasim.engines.replaced import mechanism_names, original

    rows = [(name, (original(name).__doc__ or "").strip().partition("\n")[0])
            for name in mechanism_names()]
    return ("mechanism", "what it gives"), rows


def scenarios() -> Table:
    from psasim.scenario import load_scenario, scenario_names

    rows = []
    for name in scenario_names():
        scenario = load_scenario(name)
        parts = (scenario.departments, scenario.outcomes, scenario.contributions, scenario.bodies)
        rows.append((name, *(str(len(part)) for part in parts),
                     " ".join(f"{scenario.title}. {scenario.description}".split())))
    return ("scenario", "departments", "outcomes", "contributions", "bodies", "description"), rows


def sources() -> Table:
    """Every source that is cited, and what cites it."""
    from psasim.scenario import load_scenario, scenario_names

    cited: dict[tuple[str, str], list[str]] = {}
    for name, item in PARAMETERS.items():
        if isinstance(item.basis, Source):
            cited.setdefault((item.basis.key, item.basis.citation), []).append(name)
    for name in scenario_names():
        for citation in load_scenario(name).citations:
            cited.setdefault(citation, []).append(f"scenario {name}")
    rows = [(key, f"{text} [{', '.join(users)}]") for (key, text), users in sorted(cited.items())]
    return ("source", "citation [used by]"), rows


TABLES: dict[str, Callable[[], Table]] = {
    "parameters": parameters,
    "levers": levers,
    "packages": packages,
    "measures": measures,
    "scenarios": scenarios,
    "structure": structure,
    "sources": sources,
    "mechanisms": mechanisms,
    "extensions": extensions,
}
