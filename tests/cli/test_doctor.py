"""`psasim doctor` says what is here, and does not pass over wrong bits."""

from __future__ import annotations

import pytest

from psasim.cli import doctor, main


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "SHARE", 1)


def test_it_names_packages_speed_and_bits(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor"]) == 0
    said = capsys.readouterr().out
    assert "numpy" in said
    assert "ms a run of csr2007" in said
    assert "those of every machine that was tried" in said
    assert "MISSING" not in said


def test_other_bits_are_told(monkeypatch: pytest.MonkeyPatch,
                             capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(doctor, "bit_fingerprint", lambda: "0" * 16)
    assert main(["doctor"]) != 0
    captured = capsys.readouterr()
    assert "rounds otherwise" in captured.out + captured.err


def test_a_package_that_is_not_here(monkeypatch: pytest.MonkeyPatch,
                                    capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(doctor, "requires", lambda name: ["nothing-of-the-kind>=1"])
    assert main(["doctor"]) == 0
    assert "MISSING" in capsys.readouterr().out
