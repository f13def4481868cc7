# Tenderbox: every verb of the house. `make` alone lists them.
# Each verb sets up what it needs; nothing is downloaded when the programs run.
PYTHON ?= python3.11
VENV   := .venv
BIN    := $(VENV)/bin
OUT    ?= demo-out
BOQ    ?=
SETUP  := sh tools/setup.sh $(VENV) $(PYTHON)

.DEFAULT_GOAL := help
.PHONY: help setup setup-run setup-test setup-full gallery goldens demo test test-full check bench lock vectors clean

help: ## list the verbs
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 14

setup: ## make .venv from the hash-locked lists, fetch fonts and system packages
	@$(SETUP) run gui test

setup-run:
	@$(SETUP) run

setup-test:
	@$(SETUP) run gui test

setup-full:
	@$(SETUP) run gui test full

demo: setup-run ## the whole job, tender to signed report [OUT=dir] [BOQ=workbook.xlsx]
	@$(BIN)/tenderbox demo --out "$(OUT)" $(if $(BOQ),--boq "$(BOQ)")

check: setup-test ## format, lint, types, import contracts, house rules
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/python tools/house_rules.py

test: check ## check, then the tests (under 15 minutes)
	@$(BIN)/python -m pytest -n 2 --dist loadgroup -m "not full"

test-full: check setup-full ## also the long runs
	@$(BIN)/python -m pytest -n 2 --dist loadgroup

gallery: setup ## every window component in every state
	@$(BIN)/python -m apps.shell

goldens: setup-test ## draw the golden pictures that changed anew; look at them before committing
	@TENDERBOX_GOLDEN=write $(BIN)/python -m pytest tests/shell/golden

bench: setup-test ## measure against raw libraries in the same run
	@$(BIN)/python -m benchmarks

vectors: setup-test ## write the test vectors again; git shows what changed
	@$(BIN)/python -m tests.vectors.make

lock: ## write the locks again from requirements/*.in
	@sh tools/lock.sh

clean: ## remove what was built (not .venv)
	@rm -rf build dist demo-out .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
