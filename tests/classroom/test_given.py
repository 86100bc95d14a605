"""What Python gives the page: arrays, declarations, and one script of the modules."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from psasim.classroom import script as joining
from psasim.classroom.arrays import labels, scenario_arrays
from psasim.classroom.declarations import declarations
from psasim.classroom.given import compact
from psasim.classroom.words import texts
from psasim.declared.levers import LEVERS
from psasim.declared.parameters import PARAMETERS
from psasim.mechanisms.ordered_sum import group_rows
from psasim.results.measures import MEASURES
from psasim.scenario import load_scenario, scenario_names


@given(st.lists(st.integers(0, 6), max_size=30))
def test_groups_are_told_by_their_labels(label: list[int]) -> None:
    assert labels(group_rows(label, 7)).tolist() == label


@pytest.mark.parametrize("name", scenario_names())
def test_every_array_is_finite_and_written_exactly(name: str) -> None:
    arrays = scenario_arrays(load_scenario(name))
    again = json.loads(compact(arrays))
    assert again == arrays
    assert len(again["layout"]["identity"]["body"]) == 16 * len(again["layout"]["chain"]["body"])
    for hashes in again["layout"]["identity"].values():
        assert len(hashes) % 16 == 0 and int(hashes or "0", 16) >= 0


def test_zero_keeps_its_sign_and_only_numbers_are_written() -> None:
    assert compact([1, -0.0, 0.5]) == "[1,-0.0,0.5]"
    with pytest.raises(ValueError, match="not JSON compliant"):
        compact(float("nan"))


def test_what_is_declared_is_all_there() -> None:
    told = json.loads(compact(declarations()))
    assert [p["name"] for p in told["parameters"]] == list(PARAMETERS)
    assert [m["name"] for m in told["measures"]] == list(MEASURES)
    for lever in told["levers"]:
        table = LEVERS[lever["name"]].table
        assert [field["name"] for field in lever["fields"]] == list(table)
        for field in lever["fields"]:
            item = table[field["name"]]
            assert field["default"] == item.default
            if "unit" in field:
                bounds = field["lower"], field["upper"]
                assert bounds == item.bounds and field["unit"] == item.unit


def test_text_cannot_end_the_script() -> None:
    assert "</" not in compact({"title": "</script><b>"})


def _page(folder: Path, monkeypatch: pytest.MonkeyPatch, **modules: str) -> None:
    for name, text in modules.items():
        (folder / f"{name}.js").write_text(text, encoding="utf-8")
    monkeypatch.setattr(joining, "PAGE", folder)


def test_modules_are_joined_imports_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _page(tmp_path, monkeypatch,
          a='import { two } from "./b.js";\n\nexport const one = two() - 1;\n',
          b="// Two.\nexport function two() {\n  // a remark\n  return GIVEN; // 2\n}\n")
    joined = joining.script("a.js", "2", "page")
    assert joined.index("function two") < joined.index("const one")
    assert "import" not in joined and "export" not in joined
    assert "Two." not in joined and "remark" not in joined and "\nreturn GIVEN; // 2\n" in joined
    assert joined.endswith("return { one, two };\n})();\n")


@pytest.mark.parametrize("modules, told", [
    ({"a": 'import { b } from "./b.js";\nconst b = 1;\n', "b": "export const b = 2;\n"},
     "both declare b"),
    ({"a": 'import { c } from "./b.js";\n', "b": "export const b = 2;\n"}, "does not export"),
    ({"a": 'import { b } from "./b.js";\n', "b": 'import { a } from "./a.js";\n'}, "in a circle"),
])
def test_what_cannot_be_joined_is_told(
    modules: dict[str, str], told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _page(tmp_path, monkeypatch, **modules)
    with pytest.raises(ValueError, match=told):
        joining.script("a.js", "null")


def test_numbers_reach_the_page_as_they_are() -> None:
    values = np.random.default_rng(3).standard_normal(1000) * 1e-300
    assert json.loads(compact(values.tolist())) == values.tolist()


def _leaves(tree: object, path: str = "") -> dict[str, object]:
    if not isinstance(tree, dict):
        return {path: tree}
    return {name: leaf for key, branch in tree.items()
            for name, leaf in _leaves(branch, f"{path}.{key}").items()}


@pytest.mark.parametrize("folder", texts())
def test_a_folder_s_words_are_all_texts(folder: str) -> None:
    for path, leaf in _leaves(texts()[folder]).items():
        assert isinstance(leaf, str) and leaf.strip() == leaf != "", path


PAGE = Path(joining.__file__).parent / "page"


class _OneOfEach(yaml.BaseLoader):
    """Refuses a key that stands twice, of which YAML keeps the last."""

    def construct_mapping(self, node: Any, deep: bool = False) -> Any:
        keys = [key.value for key, _ in node.value]
        assert len(keys) == len(set(keys)), f"twice among {keys}"
        return super().construct_mapping(node, deep)


@pytest.mark.parametrize("file", sorted(PAGE.rglob("texts.yaml")),
                         ids=lambda file: file.parent.name)
def test_no_word_stands_under_the_name_of_another(file: Path) -> None:
    assert yaml.load(file.read_text(encoding="utf-8"), _OneOfEach)


FORBIDDEN = re.compile(
    r"\*\*|\bMath\.(?!(?:sqrt|floor|ceil|min|max|imul)\b)\w+|\beval\b|\bFunction\b|innerHTML")
"""What a browser may round as it likes, and what text could become more than text by."""
MODULES = sorted(PAGE.rglob("*.js"))


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.name)
def test_modules_round_exactly_and_are_easy_to_read(module: Path) -> None:
    text = module.read_text(encoding="utf-8")
    code = re.sub(r"//.*", "", text)
    allowed = {"Math.round", "Math.abs"} if "view" in module.parts else set()
    assert set(FORBIDDEN.findall(code)) <= allowed
    assert max(map(len, text.splitlines())) <= 100 and text.count("\n") < 250


@pytest.mark.parametrize("line", ["y = Math.exp(x);", "y = x ** 2;", "e.innerHTML = t;"])
def test_what_is_forbidden_is_seen(line: str) -> None:
    assert FORBIDDEN.search(line)
