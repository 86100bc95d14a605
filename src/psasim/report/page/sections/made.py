"""What is odd in the comparison, the words used, and what made the numbers."""

from __future__ import annotations

import pandas as pd

import psasim
from psasim.analysis.answer import Answer
from psasim.analysis.questions import QUESTIONS
from psasim.declared.presets import description, preset, preset_names
from psasim.experiment.folder.look import RECORD
from psasim.fingerprint import model_digest
from psasim.report.cautions import cautions
from psasim.report.edges import at_an_end
from psasim.report.page.bearing import weakest
from psasim.report.page.content import Section, Table
from psasim.report.page.first import MOST_WEAK
from psasim.report.page.reading import Reading
from psasim.report.page.sections.asked import MOST
from psasim.report.page.wording import meaning, names_in
from psasim.results.headline import summary_of
from psasim.results.measures import MEASURES

WORDS = (
    ("world", "one draw of luck: problems, shocks and noise. Every package meets the same worlds, "
              "so none has better luck than another."),
    ("future", "one setting of what nobody knows: parameters, and facts that sources leave open."),
    ("95% interval", "of luck: where the mean over ever more worlds would lie; of a hundred such "
                     "intervals about 95 hold it. It says nothing of assumptions."),
    ("middle 90% of futures", "from the value that 5% of futures are below to the one that 5% are "
                              "above: what is not known, luck averaged out."),
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
    """What the words mean: packages, measures, numbers that are named."""
    packages = [(name, description(name)) for name, package in reading.results.packages.items()
                if name in preset_names() and package == preset(name)]
    numbers = pd.DataFrame([(name, meaning(name)) for name in _named(reading)],
                           columns=["number", "what it is"])
    measures = [(MEASURES[m].label, f"{MEASURES[m].definition} Unit: {MEASURES[m].unit}.")
                for m in summary_of(reading.results.headline)]
    table = Table("number_words", "Numbers of the model that this page names", numbers)
    return Section("words", "Words used here", facts=(*packages, *WORDS, *measures),
                   tables=(table,) if len(numbers) else ())


def _named(reading: Reading) -> list[str]:
    """Declared numbers that stand in what is said or shown of an answer, or in a caution."""
    said: list[str] = []
    factors: list[str] = []
    for part in reading.parts if reading.compares else ():
        for found in (reading.answer(part, question) for question in QUESTIONS):
            if isinstance(found, Answer):
                said.append(found.sentence)
                if "factor" in found.brief:
                    factors += list(found.brief["factor"].head(MOST))
    said += [text for part in reading.parts for text in cautions(part)]
    names = [*weakest(reading)[:MOST_WEAK], *factors, *names_in(said)]
    return [name for name in dict.fromkeys(names) if meaning(name)]


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
