"""What the mechanisms rest on, each work once.

Volumes and numbers are mostly recalled; none was looked up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reference:
    """A published work; authors as they are named in a text, place: where it appeared."""

    authors: str
    year: int
    place: str

    def __str__(self) -> str:
        return f"{self.authors} ({self.year}), {self.place}."

    @property
    def mentioned(self) -> re.Pattern[str]:
        """How a text names it: `Diekmann 1985`, `Diekmann (1985)`."""
        return re.compile(rf"{re.escape(self.authors)},? \(?{self.year}\b")


REFERENCES = (
    Reference("Baker", 1992, "*Journal of Political Economy* 100(3)"),
    Reference("Bevan & Hood", 2006, "*Public Administration* 84(3)"),
    Reference("Bowen", 1982, "*Journal of Public Policy* 2(1)"),
    Reference("Burgess et al.", 2003, "CEPR DP4010"),
    Reference("Diekmann", 1985, "*Journal of Conflict Resolution* 29(4)"),
    Reference("Erez & Zidon", 1984, "*Journal of Applied Psychology* 69(1)"),
    Reference("Ethiraj & Levinthal", 2009, "*Organization Science* 20(1)"),
    Reference("Fixsen et al.", 2005, "*Implementation Research: A Synthesis of the Literature*"),
    Reference("Gneezy & Rustichini", 2000, "*Journal of Legal Studies* 29(1)"),
    Reference("Grimm et al.", 2020, "*JASSS* 23(2) 7"),
    Reference("Hamermesh & Pfann", 1996, "*Journal of Economic Literature* 34(3)"),
    Reference("Hines & Thaler", 1995, "*Journal of Economic Perspectives* 9(4)"),
    Reference("Holmstrom", 1982, "*Bell Journal of Economics* 13(2)"),
    Reference("Holmstrom & Milgrom", 1991, "*Journal of Law, Economics, and Organization* 7"),
    Reference("Kelman & Friedman", 2009, "*JPART* 19(4)"),
    Reference("Locke & Latham", 1990, "*A Theory of Goal Setting and Task Performance*"),
    Reference("Pressman & Wildavsky", 1973, "*Implementation*"),
    Reference("Repenning & Sterman", 2001, "*California Management Review* 43(4)"),
    Reference("Slovic", 1993, "*Risk Analysis* 13(6)"),
    Reference("Steele, Lea & Flood", 2014, "*OOPSLA* (SplitMix64)"),
    Reference("Tang", 1989, "*ACM Transactions on Mathematical Software* 15(2)"),
    Reference("Weitzman", 1980, "*Bell Journal of Economics* 11(1)"),
    Reference("White & Dunleavy", 2010, "*Making and Breaking Whitehall Departments*"),
    Reference("Wichura", 1988, "*Applied Statistics* 37(3) (AS 241)"),
)


def mentioned(text: str) -> Iterator[Reference]:
    """The works that a text names."""
    plain = " ".join(text.split())
    return (item for item in REFERENCES if item.mentioned.search(plain))
