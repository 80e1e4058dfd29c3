# Every target sets up what it needs. The only requirements are make and Python 3.11 or newer with its venv module.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
REPORT := report
CATALOGUE := conformance/REQUIREMENTS.md
SCORE := build/score.md
# The peers of the benchmarks have their own virtual environment, so that no test can depend on them.
PEERS := build/benchmarks/venv
MEASURED := $(PEERS)/.ready

INSTALL := -m pip install --quiet --disable-pip-version-check

# With byte code, every start after the first is faster.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help demo test test-fast score generate check requirements pictures lint format serve benchmark upgrade clean

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 14

demo: $(READY) ## check the generated code, run the suite against the embedded backend, write report/
	$(BIN)/orchestrator-codegen check
	$(BIN)/orchestrator-conformance run --embedded --report $(REPORT)

test: $(READY) ## run every test, including the slow ones
	$(BIN)/python -m pytest -n 3 --dist worksteal -q

test-fast: $(READY) ## run the tests that take no more than a few seconds
	$(BIN)/python -m pytest -n 3 --dist worksteal -q -m "not slow"

score: $(READY) ## run the suite on every misbehaving and every conforming backend, write build/score.md
	$(BIN)/orchestrator-conformance score --format markdown --output $(SCORE)

generate: $(READY) ## write generated/ from spec/openapi.yaml: the package and its docs
	$(BIN)/orchestrator-codegen generate

check: $(READY) ## fail if generated/ differs from what spec/openapi.yaml produces
	$(BIN)/orchestrator-codegen check

requirements: $(READY) ## write conformance/REQUIREMENTS.md from the statements and spec/openapi.yaml
	$(BIN)/orchestrator-conformance list --format markdown --spec spec/openapi.yaml > $(CATALOGUE).new
	mv $(CATALOGUE).new $(CATALOGUE)

pictures: $(READY) ## draw a passing and a failing run for the README into docs/pictures/
	$(BIN)/python docs/pictures/draw.py

lint: $(READY) ## check style, types and import rules, including those of the generated code
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/basedpyright
	$(BIN)/lint-imports

format: $(READY) ## fix style and format the code
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

serve: $(READY) ## serve the reference backend on port 8080
	$(BIN)/orchestrator-conformance serve

benchmark: $(MEASURED) ## compare generator and generated code with their peers, write build/benchmarks.json
	$(PEERS)/bin/python -m tests.benchmarks $(SUBJECT)

upgrade: ## write constraints.txt from the newest versions that pyproject.toml allows
	rm -rf build/upgrade
	$(PYTHON) -m venv build/upgrade
	build/upgrade/bin/python -m pip install --quiet --upgrade pip
	build/upgrade/bin/python -m pip install --quiet '.[codegen,conformance]' --group dev --group benchmark
	{ sed -n '/^#/p' constraints.txt; \
	  build/upgrade/bin/python -m pip freeze --all --exclude orchestrator-v2 --exclude setuptools --exclude wheel \
	  | sort -f; } > build/constraints.txt
	mv build/constraints.txt constraints.txt

clean: ## remove what the other targets created, including the virtual environment
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
