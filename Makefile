# What one does with this project. `make` alone lists it.
#
#   PORT=8000 HOST=127.0.0.1   where `demo` and `run` listen
#   TRACKER_...                settings of the product (config.py says what each is for)
#   PYTHON=python3             the interpreter that makes .venv

PYTHON ?= python3
PORT ?= 8000
HOST ?= 127.0.0.1

VENV := .venv
BIN := $(VENV)/bin
RUN := $(VENV)/.requirements
DEV := $(VENV)/.requirements-dev
FLASK := $(BIN)/flask --app wsgi
# The lists are complete, so nothing is left to resolve: --no-deps keeps pip from looking at releases
# that came after them, which it then refuses for want of a hash.
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" --upgrade

.DEFAULT_GOAL := help
.PHONY: help demo run test check bench screenshot lock clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' Makefile

demo: export TRACKER_DEMO = 1
demo: export TRACKER_TODAY ?= 2017-03-15
demo: $(RUN) ## the demonstration: the plan of 2016-17 as at March 2017, in a database of its own
	$(FLASK) prepare
	$(FLASK) load-demo
	$(FLASK) serve --host $(HOST) --port $(PORT)

run: $(RUN) ## the product on its own database
	$(FLASK) prepare
	$(FLASK) serve --host $(HOST) --port $(PORT)

test: check ## the checks, then every test: SQLite and a browser, then PostgreSQL
	CHROMIUM="$$(.ci/chromium)" && SOFFICE="$$(.ci/libreoffice)" && export CHROMIUM SOFFICE && \
		$(BIN)/python -m pytest -n auto
	$(BIN)/python -m pytest -n auto --database=postgresql tests/integration tests/security

check: $(DEV) ## formatting, lint, types, imports, templates, security
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/djlint templates --lint --quiet
	$(BIN)/bandit --configfile pyproject.toml --quiet --severity-level medium --recursive tracker config.py wsgi.py

bench: $(DEV) ## measure what is claimed about speed
	$(BIN)/python -m benchmarks

screenshot: $(DEV) ## take the picture in the README anew
	CHROMIUM="$$(.ci/chromium)" && export CHROMIUM && \
		$(BIN)/python -m tests.journeys.screenshot docs/screenshot.png

lock: $(DEV) ## resolve requirements*.in anew and pin the result with hashes
	$(COMPILE) requirements.in --output-file requirements.txt
	$(COMPILE) requirements-dev.in --output-file requirements-dev.txt

clean: ## remove what can be made again; databases and files in instance/ stay
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	rm -rf .coverage .coverage.* htmlcov instance/assets
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(RUN): requirements.txt | $(BIN)/pip
	$(INSTALL) --requirement requirements.txt
	@touch $@

$(DEV): requirements-dev.txt | $(BIN)/pip
	$(INSTALL) --requirement requirements-dev.txt
	@touch $@

$(BIN)/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "Python 3.11 or later is needed: install it, or say which: make PYTHON=/path/to/python3" >&2; \
		exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
		echo "$(PYTHON) could not make $(VENV); on Debian: apt-get install python3-venv" >&2; exit 1; }
