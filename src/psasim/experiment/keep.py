"""What is kept of every run, beside its measures."""

from __future__ import annotations

from psasim.declared.declare import Choice

KEEP = Choice("keep", ("measures", "details"), "measures",
              "Kept of every run: its measures, or also what came of it outcome by outcome and "
              "where effort went by department and by outcome.")
