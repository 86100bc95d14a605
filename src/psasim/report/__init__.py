"""What is handed over of a comparison: files, table, sentences, figures."""

from psasim.report.files import write, write_stored
from psasim.report.findings import findings
from psasim.report.table import table

__all__ = ["findings", "table", "write", "write_stored"]
