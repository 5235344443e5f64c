.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.installed
ASSETS := review_app/static/vendor/.installed
CORPUS ?=
EXAMPLES ?= corrections.jsonl

help: ## Lists what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sort | awk -F ':.*## ' '{printf "  %-14s %s\n", $$1, $$2}'

setup: $(STAMP) $(ASSETS) ## Makes .venv from the lock file and installs the front-end assets

$(STAMP): requirements.lock pyproject.toml
	@echo "[1/2] Python packages (pinned, with hashes) into .venv ..."
	@test -d .venv || $(PYTHON) -m venv .venv
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(ASSETS): package-lock.json package.json
	@echo "[2/2] Front-end assets from package-lock.json ..."
	@npm ci --silent --no-fund --no-audit
	@npm run --silent assets
	@touch $@

demo: setup ## Runs everything on this machine with sample mail; Ctrl-C stops it
	@$(BIN)/orderclerk demo

demo-once: setup ## The same without a browser: mails to shipped orders, then a table
	@$(BIN)/orderclerk demo --once

demo-reset: setup ## Wipes the demo's data
	@$(BIN)/orderclerk demo --reset

test: setup ## Runs the tests (PostgreSQL embedded; browser and Dovecot tests where these are installed)
	@$(BIN)/pytest -n 2 --dist loadfile

check: setup ## Lint, types, import contracts, tests
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(MAKE) --no-print-directory test

format: setup ## Formats the code
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

train: setup ## Trains the language model anew from generated orders
	@OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python -m extraction.training.train

retrain: setup ## Folds what clerks confirmed into the language model (EXAMPLES=file.jsonl: another installation's export)
	@if [ -z "$(EXAMPLES)" ]; then $(BIN)/orderclerk corrections export var/corrections.jsonl; fi
	@OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python -m extraction.training.retrain $(or $(EXAMPLES),var/corrections.jsonl)

score: setup ## Measures reading: CORPUS=folder for labelled documents, else 500 generated ones, knob by knob
	@if [ -n "$(CORPUS)" ]; then \
	  $(PYTHON) $(CORPUS)/../../tools/score_extraction.py $(CORPUS) --show -- $(BIN)/orderclerk extract --json {}; \
	else $(BIN)/python -m extraction.training.score 500 1000; fi

bench: setup ## Benchmarks, as ratios measured in one run
	@$(BIN)/python -m pytest tests/benchmarks -m benchmark -s

lock: ## Remakes requirements.lock from pyproject.toml
	@$(BIN)/pip-compile --quiet --extra dev --generate-hashes --allow-unsafe --strip-extras --no-header \
	  --no-emit-index-url --no-emit-find-links --no-emit-trusted-host -o requirements.lock pyproject.toml

lifecycle: setup ## Writes LIFECYCLE.md from the lifecycle table
	@$(BIN)/python -m core.lifecycle_page

.PHONY: help setup demo demo-once demo-reset test check format train retrain score bench lock lifecycle
