# Everything happens inside .venv. What set-up prints goes to standard error, so that `make brief > brief.txt` holds the
# brief alone.
PYTHON ?= python3
ARTICLE ?= src/detente/samples/camp-david.html
VENV := .venv
BIN := $(VENV)/bin

.PHONY: brief test lint format bench clean

brief: $(VENV)/.installed
	@$(BIN)/detente brief "$(ARTICLE)"

test: lint
	@$(BIN)/python -m pytest

lint: $(VENV)/.installed-test
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: $(VENV)/.installed-test
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

bench: $(VENV)/.installed-test
	@$(BIN)/python benchmarks/speed.py

clean:
	@rm -rf $(VENV) dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

$(VENV)/.installed: pyproject.toml constraints.txt
	@echo "Setting up $(VENV) (a minute or so, once) …" >&2
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "detente needs Python 3.11 or newer; name one with: make PYTHON=python3.12" >&2; exit 2; }
	@$(PYTHON) -m venv $(VENV) >&2
	@$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable . >&2
	@touch $@

$(VENV)/.installed-test: $(VENV)/.installed
	@$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[test]' >&2
	@touch $@
