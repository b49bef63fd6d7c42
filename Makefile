# `make run` and `make test` are all that a fresh machine with Python 3.11 needs.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALL := $(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt

.PHONY: run demo test channels check fix bench score soak

run: $(VENV)/.app
	$(BIN)/thidua serve

demo: $(VENV)/.app
	THIDUA_NOW=2025-04-15T08:00 THIDUA_DATA_DIR=data/demo $(BIN)/thidua serve

test: $(VENV)/.test
	$(BIN)/pytest

channels: $(VENV)/.test
	$(BIN)/pytest tests/dialogues/test_everywhere.py tests/crash --everywhere --dist load

check: $(VENV)/.test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/thidua check
	$(BIN)/pytest

fix: $(VENV)/.test
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(VENV)/.test
	$(BIN)/python -m tests.bench

soak: $(VENV)/.test
	$(BIN)/python -m tests.soak

score: $(VENV)/.test
	$(BIN)/python -m tests.score

$(VENV)/.app: pyproject.toml constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(INSTALL) --editable .
	touch $@

$(VENV)/.test: $(VENV)/.app
	$(INSTALL) --editable '.[test]'
	touch $@
