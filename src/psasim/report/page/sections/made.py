"""What is odd in the comparison, the words used, and what made the numbers."""

from __future__ import annotations

import pandas as pd

import psasim
from psasim.declared.levers import LEVERS
from psasim.declared.presets import description, preset, preset_names
from psasim.experiment.folder.look import RECORD
from psasim.fingerprint import model_digest
from psasim.report.cautions import cautions
from psasim.report.edges import at_an_end
from psasim.report.judged import compared
from psasim.report.page.content import Section, Table
from psasim.report.page.reading import Reading
from psasim.results.headline import summary_of
from psasim.results.measures import MEASURES

WORDS = (
    ("world", "one draw of luck: problems, shocks and noise. Every package meets the same worlds, "
              "so none has better luck than another."),
    ("future", "one setting of what nobody knows: parameters, and facts that sources leave open."),
    ("95% interval", "where the mean over ever more worlds would lie: of a hundred such intervals "
                     "about 95 hold it. It says nothing of assumptions."),
    ("percentage point", "the unit in which shares differ: from 40% to 50% are 10 points."),
)


def notes(reading: Reading) -> Section:
    """What can do nothing here, and what is odd."""
    said: list[str] = []
    for part in reading.parts:
        where = "" if reading.one is not None else f"{part.scenario.title}: "
        found = [*cautions(part), *([at_an_end(part)] if reading.compares else [])]
        said += [f"{where}{text}" for text in found if text]
    said += [f"The picture {name} could not be drawn: {why}."
             for name, why in reading.not_drawn.items()]
    if not said:
        return Section("cautions", "Cautions", ("Nothing odd was found in what was run.",))
    return Section("cautions", "Cautions", items=tuple(said))


def words(reading: Reading) -> Section:
    """What the words mean: packages, measures, levers compared."""
    packages = [(name, description(name)) for name, package in reading.results.packages.items()
                if name in preset_names() and package == preset(name)]
    measures = [(MEASURES[m].label, f"{MEASURES[m].definition} Unit: {MEASURES[m].unit}.")
                for m in summary_of(reading.results.headline)]
    levers = pd.DataFrame({
        "lever": list(names := [name for name in LEVERS if name in compared(reading.results)]),
        "what it is": [LEVERS[name].description for name in names],
    })
    tables = (Table("lever_words", "Levers that differ between the packages", levers, folded=True),)
    return Section("words", "Words used here", facts=(*packages, *WORDS, *measures),
                   tables=tables if len(levers) else ())


def made(reading: Reading) -> Section:
    """The run record, and the command that makes the numbers again."""
    results, record = reading.results, reading.record
    versions = record.get("versions")
    libraries = versions if isinstance(versions, dict) else {}
    facts = [
        ("experiment", results.design.name),
        ("scenarios", ", ".join(f"{part.scenario.title} ({part.scenario.name})"
                                for part in reading.parts)),
        ("packages", f"{len(results.packages):,}, held against {results.baseline}"),
        ("futures", f"{results.futures:,}"), ("worlds", f"{results.worlds:,}"),
        ("months", f"{results.months:,}"), ("seed", f"{results.seed}"),
        ("digest of all numbers", results.digest),
        ("made by", f"psasim {results.manifest.study['version']}, model {results.manifest.model}"),
        ("reported by", f"psasim {psasim.__version__}, model {model_digest()}"),
        ("bit fingerprint", results.manifest.fingerprint),
        *((label, str(record[key])) for key, label in (("commit", "commit"), ("created", "run on"))
          if record.get(key)),
        *(("versions", ", ".join(f"{name} {number}" for name, number in libraries.items()))
          for _ in [0] if libraries),
    ]
    command = record.get("command")
    command = command if isinstance(command, str) and command else ""
    frame = pd.DataFrame(facts, columns=["what", "value"])
    return Section(
        "record", "How this was made, and how to make it again",
        ("Read the command before you run it: it comes from the folder.",) if command else (),
        facts=tuple(facts),
        tables=(Table("record", "The run record", frame, folded=True),),
        lacks="" if command else f"The folder has no {RECORD} with the command that made it.",
        commands=(command,) if command else ())
