# Everything a newcomer, a developer or a continuous integration needs. `make help` lists it.
PORT ?= 8000
PYTHON ?= python3
BIN := .venv/bin

.PHONY: help run test test-fast lint bench lock translations clean
.DEFAULT_GOAL := help

help: ## list the commands
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

run: export LNA_BASE_URL ?= http://127.0.0.1:$(PORT)
run: .venv/run ## make the environment and the database with demo content, and serve it
	@$(BIN)/lna demo --quiet-if-there
	@$(BIN)/lna serve --port $(PORT)

test: .venv/test ## everything: SQLite, PostgreSQL, real Chromium
	@$(BIN)/python -m tests.browser.install
	$(BIN)/python -m pytest -n 2 -q
	LNA_TEST_DATABASE=postgresql $(BIN)/python -m pytest -n 2 -q

test-fast: .venv/test ## the same without the browser, on SQLite
	$(BIN)/python -m pytest -n 2 -q -m "not browser"

lint: .venv/test ## style, types, the layers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: .venv/test ## what speed is claimed, measured beside its baseline
	$(BIN)/python -m benchmarks

lock: .venv/test ## resolve the dependencies anew, pinned with hashes
	$(BIN)/pip install -q uv
	for list in requirements requirements-test; do $(BIN)/uv pip compile -q --upgrade --universal \
	  --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate \
	  --custom-compile-command "make lock" $$list.in -o $$list.txt; done

translations: .venv/test ## collect the strings of the interface for translators
	$(BIN)/pybabel -q extract -F babel.cfg -k lazy_gettext --project LNA --no-location -o lna/translations/messages.pot .

clean: ## remove the environment and caches; the database in var/ stays
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache build *.egg-info

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "LNA needs Python 3.11 or newer: make PYTHON=/path/to/python3.11"; exit 1; }
	@$(PYTHON) -m venv .venv || { echo "Python's venv module is missing (Debian: apt install python3-venv)"; exit 1; }

.venv/run: .venv/bin/python requirements.txt pyproject.toml
	@echo "Installing the pinned packages ..."
	@$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements.txt
	@$(BIN)/pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e . 
	@touch $@

.venv/test: .venv/run requirements-test.txt
	@$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements-test.txt
	@touch $@
