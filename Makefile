# The project's tasks; each is a plain command that can be typed without make.
python := .venv/bin/python

.PHONY: setup check test slow docs study ci

setup:  ## an environment with the test tools
	python3 -m venv .venv
	.venv/bin/pip install -e '.[test]' -c constraints.txt

check:  ## style and types
	$(python) -m ruff check .
	$(python) -m mypy

test:  ## the quick tests
	$(python) -m pytest

slow:  ## the long tests
	$(python) -m pytest -m slow

docs:  ## the generated pages, again
	$(python) -m psasim.documents

study:  ## the finding of experiments/governance_packages, again
	$(python) experiments/governance_packages/study.py

ci:  ## everything, from a clean environment
	.ci/run
