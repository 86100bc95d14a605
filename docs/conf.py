"""The documentation as a site: `python -m sphinx -W docs site`, offline."""

import re
import shutil
from pathlib import Path

from psasim import __version__

project = "psasim"
author = "psasim contributors"
copyright = "psasim contributors"
version = release = __version__
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.viewcode"]
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 4
exclude_patterns = ["validation"]
html_theme = "alabaster"  # ships with Sphinx, loads nothing from elsewhere
html_theme_options = {"description": "What makes departments deliver together?",
                      "fixed_sidebar": True, "page_width": "1100px"}
autodoc_member_order = "bysource"
autodoc_typehints = "description"
add_module_names = False
nitpicky = False

_OUTSIDE = re.compile(r"\[([^\]]*)\]\(\.\./([^)]+)\)")


def _named(app, page, source):
    """Files of the checkout are not on the site: they are named where they would be linked."""
    source[0] = _OUTSIDE.sub(r"\1 (`\2`)", source[0])


def _with_the_page(app, error):
    """The classroom page, under a name that no text of the site has."""
    if error is None:
        shutil.copyfile(Path(app.srcdir) / "classroom.html", Path(app.outdir) / "page.html")


def setup(app):
    app.connect("source-read", _named)
    app.connect("build-finished", _with_the_page)
