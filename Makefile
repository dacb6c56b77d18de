# SPDX-License-Identifier: Apache-2.0
# Needs git, make and Python 3.11 or newer; everything else goes into .venv. Run `make` to see what there is.

# Another Python: make install PYTHON=/path/to/python3.12
PYTHON ?=
# More options for pytest: make test PYTEST_ARGS="-k names"
PYTEST_ARGS ?=
# What to plant: make mutants MUTANTS="--near --each 2 --after 6" is another sample, MUTANTS= plants every fault and takes many hours
MUTANTS ?= --near --each 2
# Test processes at once
JOBS ?= 2

VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
# ensurepip is asked for as well: Debian splits it off, and a .venv without pip cannot be filled.
USABLE := import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help install peers demo test check format docs bench mutants constraints clean

help:
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

install: $(STAMP) ## Build .venv and install transferguard into it, with everything that tests need

$(STAMP): pyproject.toml constraints.txt
	@python="$(PYTHON)"; \
	if [ -n "$$python" ]; then \
	    "$$python" -c '$(USABLE)' || { echo "make: PYTHON=$$python is not Python 3.11 or newer with its venv module" >&2; exit 1; }; \
	else \
	    for one in python3 python3.13 python3.12 python3.11 python3.14 python; do \
	        if "$$one" -c '$(USABLE)' >/dev/null 2>&1; then python="$$one"; break; fi; \
	    done; \
	    [ -n "$$python" ] || { echo "make: no Python 3.11 or newer with its venv module was found." >&2; \
	        echo "make: install one (on Debian and Ubuntu also python3-venv), or name it: make install PYTHON=/path/to/python3" >&2; exit 1; }; \
	fi; \
	if ! $(BIN)/python -c '$(USABLE)' >/dev/null 2>&1 || ! $(BIN)/python -m pip --version >/dev/null 2>&1; then \
	    echo "Building $(VENV) with $$("$$python" --version)"; "$$python" -m venv --clear $(VENV) || exit 1; \
	fi
	@echo "Installing transferguard and its tools into $(VENV); the first time takes about a minute"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev,postgres,otel,parquet]'
	@$(BIN)/python -m compileall -q transferguard
	@touch $@

# The mock server of the OpenAPI description that the provider of verified names is tested against (npm, Apache-2.0).
PRISM := $(VENV)/prism/.installed
PRISM_VERSION := 5.14.2

peers: $(PRISM) ## Install the mock server that one test talks to; needs node and npm

$(PRISM): | $(STAMP)
	@npm install --silent --no-audit --no-fund --prefix $(VENV)/prism @stoplight/prism-cli@$(PRISM_VERSION)
	@touch $@

demo: $(STAMP) ## Watch the guard check a dozen transfers of a small world, as a person would see them
	@$(BIN)/python -m examples.demo

chat: $(STAMP) ## Open a chat app with the guard behind its transfers: a friend's twin, every outcome, an operators' page
	@$(BIN)/python -m examples.chat

test: $(STAMP) ## Run every test and hold the coverage that each room must have
	@rm -f .coverage .coverage.*
	@$(BIN)/python -m pytest -n $(JOBS) --dist worksteal --cov --cov-report= $(PYTEST_ARGS)
	@$(BIN)/python .ci/coverage_floor.py

check: $(STAMP) ## Format, lint, types, import direction, generated files, licence lines
	@$(BIN)/ruff format --check --quiet . || { echo "make: run 'make format'" >&2; exit 1; }
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache
	@$(BIN)/python .ci/generated.py --check
	@$(BIN)/python .ci/api_reference.py
	@$(BIN)/python -m pytest -q -n 0 -p no:cacheprovider tests/test_house.py

format: $(STAMP) ## Put every file into the house format
	@$(BIN)/ruff check --quiet --fix-only .
	@$(BIN)/ruff format --quiet .

docs: $(STAMP) ## Write the pages, drawings and tables that are generated from code, and the API reference to build/api
	@$(BIN)/python .ci/generated.py
	@$(BIN)/python .ci/api_reference.py

bench: $(STAMP) ## Measure speed and detection beside an afternoon script and other tools (twenty minutes)
	@OPENBLAS_NUM_THREADS=1 OMP_NUM_THREADS=1 $(BIN)/python -m tests.benchmarks.report --install

mutants: $(STAMP) ## Plant two small faults in each module of the core and list those that no test notices (half an hour)
	@nice -n 10 $(BIN)/python -m tests.mutation.campaign $(MUTANTS)

constraints: ## Pin what a fresh environment resolves to today
	@rm -rf build/constraints && mkdir -p build
	@$(MAKE) --no-print-directory VENV=build/constraints unpinned
	@{ sed -n '/^#/p' constraints.txt; build/constraints/bin/python -m pip list --format=freeze --exclude transferguard --exclude pip --exclude setuptools; } > build/constraints.txt
	@mv build/constraints.txt constraints.txt && rm -rf build/constraints

.PHONY: unpinned
unpinned:
	@for one in $(PYTHON) python3 python3.13 python3.12 python3.11; do "$$one" -c '$(USABLE)' >/dev/null 2>&1 && { "$$one" -m venv $(VENV) && exit 0; }; done
	@$(BIN)/python -m pip install --quiet --editable '.[dev,postgres,otel,parquet]'

clean: ## Remove .venv and everything else that was built
	@rm -rf $(VENV) build dist .coverage .coverage.* .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
