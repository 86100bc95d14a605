# The project's tasks; each is a plain command that can be typed without make.
python := .venv/bin/python

.PHONY: setup check test slow docs again differences bits ci

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

again:  ## all that is made from the model, where it is stale: calibration, validation, studies, pages
	$(python) -m psasim.documents.again

differences:  ## what changed against FROM=<commit>: docs/model_differences.md
	$(python) -m psasim.documents.differences $(FROM)

bits:  ## the committed hash on other versions of Python and NumPy
	$(python) -m tests.bits.everywhere

ci:  ## everything, from a clean environment
	.ci/run
