# Everything a newcomer types. `make desk` is the product; `make check` and `make test` are what CI runs.

VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.set-up
# The first interpreter new enough; asked only when the environment is made.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)

# One more than there are cores: many tests wait for a terminal or a server. No more than memory is sure for.
WORKERS ?= $(shell $(PYTHON) -c 'import os; print(min((os.cpu_count() or 1) + 1, 5))' 2>/dev/null || echo 3)

.PHONY: help setup desk demo test long check fix bench messages snapshots lock audit
.DEFAULT_GOAL := help

help: ## Say what can be made.
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 18

setup: $(STAMP) ## Make .venv with the locked dependencies and the command paidan.

$(STAMP): pyproject.toml requirements.lock
	@test -n "$(PYTHON)" || { echo "Paidan needs Python 3.11 or newer; none was found. Name one: make setup PYTHON=/path/to/python3" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { echo "Paidan needs Python 3.11 or newer; $(PYTHON) is older or not there. Name one: make setup PYTHON=/path/to/python3" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "$(PYTHON) cannot make environments; on Debian: apt-get install python3-venv" >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing the locked dependencies ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@# A plain path entry: the import hook of the default editable mode costs every start some milliseconds.
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation \
		--config-settings editable_mode=compat -e .
	@touch $@

desk: setup ## Open the console on the default store.
	@$(BIN)/paidan

demo: setup ## Open a throw-away desk of real orders.
	@$(BIN)/paidan demo

test: setup ## Run every test.
	@# Each worker, and each of hundreds of consoles, would compile what it imports, where Python may not write that by itself.
	-@$(BIN)/python -m tests.beforehand
	@$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder --durations=25 --durations-min=5

long: setup ## Run every test, and let those that draw what they try draw much more.
	@PAIDAN_LONG=1 $(MAKE) --no-print-directory test

check: setup ## Check format, lint, types, import contracts and the catalogue.
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m tests.house.catalogue

fix: setup ## Format, and mend what can be mended mechanically.
	$(BIN)/ruff check --fix --unsafe-fixes --select TC .
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: setup ## Measure, each figure beside its peer.
	@$(BIN)/python -m tests.bench

messages: setup ## Collect the strings of the source into the Chinese catalogue, and compile it.
	@$(BIN)/python -m tests.house.catalogue update

snapshots: setup ## Keep how every screen looks now, and draw each as SVG in .snapshots/ to be looked at.
	@mkdir -p .snapshots
	@RENEW_SNAPSHOTS=1 DRAW_SNAPSHOTS=.snapshots $(BIN)/python -m pytest -q tests/snapshots

# What cannot be looked up is a failure, too: a database that is out of reach must not look like a clean bill.
audit: ## Compare the locked dependencies with known vulnerabilities (needs pip-audit on the path, and the network).
	pip-audit --requirement requirements.lock --require-hashes --disable-pip --strict

lock: ## Resolve the dependencies again (needs uv on the path).
	uv pip compile pyproject.toml --extra ssh --extra metrics --extra web --group dev --universal --python-version 3.11 --upgrade --generate-hashes \
		--no-header --no-annotate --no-emit-index-url --no-emit-find-links --quiet --output-file requirements.lock
