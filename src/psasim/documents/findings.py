"""docs/findings.md: what the studies of experiments/ found, a paragraph each."""

from __future__ import annotations

import re
from pathlib import Path

from psasim.documents.markdown import NOTICE

STUDIES = Path(__file__).parents[3] / "experiments"
PARAGRAPH = re.compile(
    r"<!-- paragraph: written by study\.py -->\n(.*?)<!-- end of paragraph -->", re.DOTALL)

INTRODUCTION = """\
For whoever reads one page only. Each paragraph answers a question with a study of its own: an
experiment that anybody can run again with one command, over several settings and over what is not
known. It is written by the study from its numbers, and this page from the studies.

**How to read them.** *Attainment* is how far the average target is delivered, real rather than
reported, counting no more than 100 %; differences are in percentage points, between packages in the
same simulated worlds. A *future* is one of the parameter sets that calibration does not rule out
([calibration](calibration.md)). A 95 % interval is for the luck of the worlds alone; how a
difference holds over futures is the wider statement, and the one to quote. All of it is about a
model whose levels, and sizes of levers, are assumed: [intended use](intended_use.md) says what that
can carry."""


def page() -> str:
    """A section a study."""
    sections = [section(path) for path in sorted(STUDIES.glob("*/README.md"))]
    return "\n\n".join(["# What the studies found", NOTICE.replace("the declarations",
                        "the studies' READMEs"), INTRODUCTION, *filter(None, sections)]) + "\n"


def section(readme: Path) -> str:
    """The question, the answer and where it is from; nothing of a README without a paragraph."""
    text = readme.read_text(encoding="utf-8")
    told = PARAGRAPH.search(text)
    if told is None:
        return ""
    title = text.partition("\n")[0].removeprefix("# ")
    link = f"../{STUDIES.name}/{readme.parent.name}/{readme.name}"
    return (f"## {title}\n\n{told[1].strip()}\n\n"
            f"[The study]({link}): experiment, figure, tables, limits.")
