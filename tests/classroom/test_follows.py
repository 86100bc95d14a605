"""The page's model is made from the Python model as it stands; told also where Node is missing."""

from __future__ import annotations

from tests.classroom.follows import committed, hashes, moved


def test_the_page_follows_the_model() -> None:
    assert moved(hashes(), committed()) == ""


def test_a_source_that_moved_is_named_with_what_to_do() -> None:
    now = hashes()
    told = moved(now | {"month/delivery.py": "0" * 16}, now)
    assert told.startswith("month/delivery.py moved") and "tests.classroom.follows" in told
    assert "month/new.py" in moved(now | {"month/new.py": "1" * 16}, now)
    assert "mechanisms/clear.py" in moved(
        {name: value for name, value in now.items() if name != "mechanisms/clear.py"}, now)
