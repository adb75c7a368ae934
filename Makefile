# Two commands on a fresh machine with Python 3.11 or later, git and make: `make run` and `make test`.

PYTHON ?= python3
VENV ?= .venv
HOST ?= 127.0.0.1
PORT ?= 8000
FILES ?= examples/library-fees.jsonl examples/dishwasher.jsonl
# Whoever forgets the S would get the example and not know why.
$(foreach name,FILE file files Files,$(if $(filter command,$(firstword $(origin $(name)))),\
	$(error nothing reads $(name)=...; it is FILES, as in: make $(or $(MAKECMDGOALS),run) FILES="$($(name))")))
# The user's own files get a store of their own, beside the example's; each load adds to it, `make fresh` empties both.
STORE ?= .rejoinder/$(if $(filter file default,$(origin FILES)),example,own)
# All tests, a worker for each processor; `make test ARGS=tests/commands/test_cli.py` runs some, in one process.
ARGS ?= -n auto --dist loadfile --no-loadscope-reorder
BIN = $(VENV)/bin
FARM = build/typing/rejoinder
TOP = rejoinder api graph loaders ontology

.PHONY: run fresh test check types lint docs lock clean

run: $(VENV)/installed
	$(BIN)/rejoinder load --store $(STORE) $(FILES) || echo "Going on with what was loaded."
	$(BIN)/rejoinder serve --store $(STORE) --host $(HOST) --port $(PORT)

fresh:
	rm -rf .rejoinder

# The tests start hundreds of processes, which would compile the package each time if no bytecode were written.
test: $(VENV)/installed-dev
	PYTHONDONTWRITEBYTECODE= $(BIN)/pytest $(ARGS)

check: lint types docs

lint: $(VENV)/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

# Type checkers do not follow the editable install's import hook: they see the package through links instead.
types: $(VENV)/installed-dev
	rm -rf $(FARM)
	mkdir -p $(FARM)
	for part in rejoinder/*.py rejoinder/py.typed $(dir $(wildcard rejoinder/*/__init__.py)); do ln -s ../../../$${part%/} $(FARM)/; done
	for part in api graph loaders ontology; do ln -s ../../../$$part $(FARM)/; done
	MYPYPATH=build/typing $(BIN)/mypy -p rejoinder -p benchmarks -p tests

docs: $(VENV)/installed-dev
	$(BIN)/pytest tests/house/test_docs.py -q

# Hashes and no registry's address: these locks can be committed, uv.lock could not.
lock: $(VENV)/installed-dev
	$(BIN)/pip install -q uv
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --no-emit-index-url --upgrade \
		pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --no-emit-index-url --upgrade --extra dev \
		pyproject.toml -o requirements-dev.lock

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed: make PYTHON=python3.12 ...")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/installed: requirements.lock pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps -e .
	touch $@

$(VENV)/installed-dev: requirements-dev.lock $(VENV)/installed
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.lock
	touch $@

clean:
	rm -rf build dist *.egg-info .rejoinder .pytest_cache .mypy_cache .ruff_cache
