"""`report.html`: one page that is sent, with its workbook and tables."""

from psasim.report.page.write import write_page

__all__ = ["write_page"]
