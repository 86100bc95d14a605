"""A chart as inline SVG: one image for those who do not see it, no style of its own, and colours
that follow the page's theme."""

from __future__ import annotations

import io
import re
from xml.etree import ElementTree

from markupsafe import Markup

from psasim.report.lettering import one_line
from psasim.report.style import Chart, styled

PREFIX = "drawing-"
SVG = "http://www.w3.org/2000/svg"
LINK = "{http://www.w3.org/1999/xlink}href"

THEMED = {
    "#222222": "ink", "#5f5f5f": "muted", "#ffffff": "paper", "#e6e6e6": "grid",
    "#0173b2": "blue", "#de8f05": "orange", "#029e73": "green", "#d55e00": "red",
    "#ece133": "yellow", "#000000": "black", "#c8c8c8": "grey",
    "#cc78bc": "pink",
}
"""Colours of charts, by the name of the page's colour that stands for them."""

_OWN = re.compile(r"url\(#([^)]+)\)")


def inline(chart: Chart) -> Markup:
    """The drawing without its message and foot, which the page says in words."""
    root = _drawn(chart)
    for child in list(root):
        if child.tag in (f"{{{SVG}}}metadata", f"{{{SVG}}}title"):
            root.remove(child)
    for above in list(root.iter()):
        for child in list(above):
            if child.tag == f"{{{SVG}}}style":
                above.remove(child)
    told = [_Tree(f"{{{SVG}}}{tag}", text, f"{PREFIX}{chart.name}-{tag}")
            for tag, text in (("title", chart.title), ("desc", chart.alt))]
    themed = _prepare(root, f"{PREFIX}{chart.name}")
    for place, item in enumerate(told):
        root.insert(place, item.element)
    root.set("role", "img")
    root.set("aria-labelledby", f"{PREFIX}{chart.name}-title {PREFIX}{chart.name}-desc")
    root.set("class", "themed" if themed else "plain")
    root.set("stroke-linejoin", "round")
    root.set("stroke-linecap", "butt")
    for size in ("width", "height"):
        root.attrib.pop(size, None)
    ElementTree.register_namespace("", SVG)
    ElementTree.register_namespace("xlink", LINK[1:].partition("}")[0])
    return Markup(ElementTree.tostring(root, encoding="unicode"))


class _Tree:
    """An element with a text and an id."""

    def __init__(self, tag: str, text: str, key: str) -> None:
        self.element = ElementTree.Element(tag, {"id": key})
        self.element.text = one_line(text)


def _drawn(chart: Chart) -> ElementTree.Element:
    words = [text for text in chart.figure.texts if text.get_visible()]
    held = io.StringIO()
    try:
        for text in words:
            text.set_visible(False)
        with styled():
            chart.figure.savefig(held, format="svg", bbox_inches="tight", pad_inches=0.05,
                                 metadata={"Date": None, "Creator": None})
    finally:
        for text in words:
            text.set_visible(True)
    return ElementTree.fromstring(held.getvalue())


def _prepare(root: ElementTree.Element, name: str) -> bool:
    """Styles become attributes, which a strict policy allows, and names those of this chart
    alone; whether every colour has one of the page's to stand for it."""
    themed = True
    for element in root.iter():
        for rule in filter(None, map(str.strip, element.attrib.pop("style", "").split(";"))):
            key, _, value = rule.partition(":")
            element.set(key.strip(), value.strip())
        if "id" in element.attrib:
            element.set("id", f"{name}-{element.attrib['id']}")
        if (link := element.attrib.get(LINK, "")).startswith("#"):
            element.set(LINK, f"#{name}-{link[1:]}")
        for key, value in list(element.attrib.items()):
            element.set(key, _OWN.sub(rf"url(#{name}-\1)", value))
        for key in ("fill", "stroke"):
            colour = element.attrib.get(key, "none")
            if colour != "none" and not colour.startswith("url("):
                themed &= colour.lower() in THEMED
    return themed
