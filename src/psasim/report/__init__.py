"""What is handed over of a comparison: files, table, sentences, figures."""

from psasim.report.files import write, write_stored
from psasim.report.findings import findings
from psasim.report.spread import spread_table
from psasim.report.table import table

__all__ = ["findings", "spread_table", "table", "write", "write_stored"]
