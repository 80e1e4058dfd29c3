# Everything here sets itself up: python3 (3.11 or newer), with its venv module, and make are all that it needs.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
REPORT := report
CATALOGUE := conformance/REQUIREMENTS.md
SCORE := build/score.md
# The peers have a virtual environment of their own: no test may come to need them.
PEERS := build/benchmarks/venv
MEASURED := $(PEERS)/.ready

INSTALL := -m pip install --quiet --disable-pip-version-check

# Byte code is what makes the second start faster than the first.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help demo test test-fast score generate check requirements pictures lint format serve benchmark upgrade clean

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 14

demo: $(READY) ## check the generated code, run the suite against the embedded backend, write a report
	$(BIN)/orchestrator-codegen check
	$(BIN)/orchestrator-conformance run --embedded --report $(REPORT)

test: $(READY) ## run every test, the slow ones too
	$(BIN)/python -m pytest -n 3 --dist worksteal -q

test-fast: $(READY) ## run the tests that take no more than a few seconds
	$(BIN)/python -m pytest -n 3 --dist worksteal -q -m "not slow"

score: $(READY) ## try the suite on every backend that misbehaves and every one that conforms, write build/score.md
	$(BIN)/orchestrator-conformance score --format markdown --output $(SCORE)

generate: $(READY) ## write generated/ from spec/openapi.yaml: the package and its docs
	$(BIN)/orchestrator-codegen generate

check: $(READY) ## fail where generated/ is not what spec/openapi.yaml gives
	$(BIN)/orchestrator-codegen check

requirements: $(READY) ## write conformance/REQUIREMENTS.md from the statements and spec/openapi.yaml
	$(BIN)/orchestrator-conformance list --format markdown --spec spec/openapi.yaml > $(CATALOGUE).new
	mv $(CATALOGUE).new $(CATALOGUE)

pictures: $(READY) ## write docs/pictures/: a passing and a failing run, as the README shows them
	$(BIN)/python docs/pictures/draw.py

lint: $(READY) ## check style and types, the generated code included
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/basedpyright

format: $(READY) ## put the code in the house's format
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

serve: $(READY) ## serve the reference backend on port 8080
	$(BIN)/orchestrator-conformance serve

benchmark: $(MEASURED) ## measure what the generated code costs beside its peers, write build/benchmarks.json
	$(PEERS)/bin/python -m tests.benchmarks $(SUBJECT)

upgrade: ## write constraints.txt anew, from the newest versions that pyproject.toml allows
	rm -rf build/upgrade
	$(PYTHON) -m venv build/upgrade
	build/upgrade/bin/python -m pip install --quiet --upgrade pip
	build/upgrade/bin/python -m pip install --quiet '.[codegen,conformance]' --group dev --group benchmark
	{ sed -n '/^#/p' constraints.txt; \
	  build/upgrade/bin/python -m pip freeze --all --exclude orchestrator-v2 --exclude setuptools --exclude wheel \
	  | sort -f; } > build/constraints.txt
	mv build/constraints.txt constraints.txt

clean: ## remove what the other targets made, the virtual environment included
	rm -rf $(VENV) $(REPORT) build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis

# The pip that comes with a Python may be too old for --group: both environments upgrade it first.
$(READY) $(MEASURED): export PIP_CONSTRAINT := constraints.txt
$(READY) $(MEASURED): export PIP_BUILD_CONSTRAINT := constraints.txt

$(READY): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=...")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python $(INSTALL) --upgrade pip
	$(BIN)/python $(INSTALL) --editable '.[codegen,conformance]' --group dev
	@touch $@

$(MEASURED): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(PEERS)
	$(PEERS)/bin/python $(INSTALL) --upgrade pip
	$(PEERS)/bin/python $(INSTALL) --editable '.[codegen,server]' --group benchmark
	@touch $@
