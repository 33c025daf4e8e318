# `make demo` and `make test` are all that a newcomer needs; each sets itself up through `make install`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.install-stamp

.PHONY: install demo test check lock screenshots bench-clicks clean

install: $(STAMP)

$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Roundtable needs Python 3.11 or newer; $(PYTHON) is `$(PYTHON) --version`. Set PYTHON=/path/to/python3.11."; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

demo: install
	$(BIN)/roundtable demo $(ARGS)

test: install
	$(BIN)/python -m pytest -n 4 $(ARGS)

check: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

screenshots: install
	$(BIN)/python -m scripts.screenshots

bench-clicks: install
	$(BIN)/python -m benchmarks.clicks

# Needs `uv`; writes versions and hashes only, no host names.
lock:
	uv pip compile pyproject.toml --extra demo --extra charts --extra dev --universal --python-version 3.11 \
		--generate-hashes --no-emit-index-url --no-emit-find-links --no-header --quiet --output-file requirements.lock

clean:
	rm -rf $(VENV) build dist *.egg-info
