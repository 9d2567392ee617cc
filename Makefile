# make run | test | check | bench | evaluate | docs | pictures | lock | clean. Needs Python >= 3.11 and make, nothing else.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PROVINCE ?=
PORT ?=
ARGS ?=
ROOMS := alerts archive briefings cases classifiers crawlers demo diembao es_mappings pipeline provinces search web

.PHONY: run test check bench evaluate docs pictures format lock messages clean

run: $(VENV)/.run
	@$(BIN)/diembao run $(if $(PROVINCE),--province $(PROVINCE)) $(if $(PORT),--port $(PORT))

test: $(VENV)/.dev
	@$(BIN)/python -m tests.suite $(ARGS)

check: $(VENV)/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy $(ROOMS)
	$(BIN)/lint-imports
	$(BIN)/python -m django makemigrations --check --dry-run --settings=tests.settings
	$(BIN)/python -m diembao.docs --check

bench: $(VENV)/.dev
	$(BIN)/python -m benchmarks $(ARGS)

evaluate: $(VENV)/.dev
	$(BIN)/python -m classifiers.evaluation $(ARGS)

docs: $(VENV)/.dev
	$(BIN)/python -m diembao.docs

pictures: $(VENV)/.dev
	$(BIN)/python -m demo.pictures

format: $(VENV)/.dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# Locks carry hashes and no addresses; uv is only needed here.
LOCK := uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --quiet
lock:
	$(LOCK) --group build pyproject.toml -o requirements.lock
	$(LOCK) --group dev -c requirements.lock pyproject.toml -o requirements-dev.lock

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; name one with make PYTHON=python3.12" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: requirements.lock pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: requirements-dev.lock pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@ $(VENV)/.run

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis build dist
