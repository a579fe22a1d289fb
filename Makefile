# `make demo` and `make test` do all their own set-up: Python 3.11 or newer and Git are enough.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

# These rooms decide what was approved and what is in force: no branch of them goes untested.
EVERY_BRANCH := src/docctl/model/*,src/docctl/rules/*,src/docctl/content/*,src/docctl/trust/*,src/docctl/verify/*

.PHONY: demo test thorough test-all coverage check schemas docs bench fidelity validators oracle lock clean

demo: $(READY)
	rm -rf build/demo
	$(BIN)/docctl demo build/demo

test: $(READY)
	$(BIN)/python -m pytest -m "not slow" -n 2

# All slow tests but those that take an hour.
thorough: $(READY)
	$(BIN)/python -m pytest -m "slow and not long" -n 2

test-all: $(READY)
	$(BIN)/python -m pytest -n 2

# Written files against validators and pandoc, whole: all texts that DOCCTL_CORPORA leads to.
fidelity: $(READY)
	$(BIN)/python -m pytest -m slow -n 2 tests/fidelity

coverage: $(READY)
	$(BIN)/python -m pytest -m "not slow" -n 2 --cov=docctl --cov-branch --cov-report=
	$(BIN)/coverage report --include='$(EVERY_BRANCH)' --fail-under=100
	$(BIN)/coverage report --fail-under=95

check: $(READY)
	$(BIN)/ruff format --check -q .
	$(BIN)/ruff check -q .
	$(BIN)/mypy
	$(BIN)/lint-imports

schemas: $(READY)
	$(BIN)/docctl schema --to schemas

bench: $(READY)
	$(BIN)/python -m pip install -qq --no-build-isolation --editable '.[bench]'
	for one in start index records verify peer docx redline manual pdf events store_write vault memory history site; do \
		echo "== $$one"; $(BIN)/python benchmarks/$$one.py; done

# What tests of written files are held against; tests that find it missing skip, and say so.
validators:
	npm --prefix tests/fidelity/validators install --no-save --no-audit --no-fund --silent

oracle: $(READY)
	$(BIN)/python -m pip install -qq --no-build-isolation --editable '.[oracle]'

lock:
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install -qq uv
	$(BIN)/uv pip compile --universal --generate-hashes --no-emit-index-url --no-header \
		--no-strip-extras --quiet --python-version 3.11 --extra dev -o requirements.lock pyproject.toml

clean:
	rm -rf $(VENV) build dist

$(READY): pyproject.toml requirements.lock
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "docctl needs Python 3.11 or newer")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install -qq --require-hashes -r requirements.lock
	$(BIN)/python -m pip install -qq --no-deps --no-build-isolation --editable .
	touch $(READY)
