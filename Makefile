# The one door. `make demo` and `make test` need Python 3.11, Node 20, make and git, nothing else.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

PYTHON ?= python3
UV := .tools/bin/uv
RUN := .venv/bin/python
PYTEST := $(RUN) -m pytest
NPM := npm --prefix frontend
CONSOLE := frontend/console/dist/index.html
ANNOTATE := frontend/annotate/dist/index.html
SOURCES = $(shell git ls-files -co --exclude-standard 'frontend/*.ts' 'frontend/*.tsx' 'frontend/*.css' 'frontend/*.html')

.PHONY: help setup build wheel demo test check bench chaos types reference screens axe clean \
	test-plain test-controlplane test-worker test-frontend test-whole test-planes test-journeys

help: ## Say what each target does
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 16

# --- a bare machine made able ---------------------------------------------------------------

setup: .venv/.stamp frontend/node_modules/.stamp ## Install everything into .tools, .venv and node_modules

$(UV):
	$(PYTHON) -c 'import sys; sys.exit("Annex needs Python 3.11 or newer; set PYTHON=/path/to/python3.11") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv .tools
	.tools/bin/python -m pip install --quiet --disable-pip-version-check uv

.venv/.stamp: $(UV) pyproject.toml sdk/pyproject.toml uv.lock
	$(UV) sync --frozen --quiet --python $(PYTHON)
	@touch $@

frontend/node_modules/.stamp: frontend/package-lock.json $(wildcard frontend/*/package.json)
	@# Not `ci`: it refuses a lock without the binaries of other platforms, which some mirrors lack.
	$(NPM) install --no-save --no-fund --no-audit --loglevel=error
	@touch $@

build: $(CONSOLE) $(ANNOTATE) ## Build both browser apps

$(CONSOLE): frontend/node_modules/.stamp $(SOURCES)
	$(NPM) run build --workspace @annex/console

$(ANNOTATE): frontend/node_modules/.stamp $(SOURCES)
	$(NPM) run build --workspace @annex/annotate

wheel: setup build ## Build the SDK's wheel in sdk/dist, with the annotation app for its previews
	@# In the wheel only: a checkout previews what it built last.
	cp -R frontend/annotate/dist sdk/annex/preview/static/annotate
	@trap 'rm -rf sdk/annex/preview/static/annotate' EXIT; $(UV) build --quiet --wheel --out-dir sdk/dist sdk

# --- the demo --------------------------------------------------------------------------------

demo: setup build ## Run both planes and the whole job on real text (CHECK=1; DATA= EVAL= LABELS= [PATTERNS=])
	$(RUN) -m examples.demo $(if $(CHECK),--check) $(if $(DATA),--data '$(DATA)') \
		$(if $(EVAL),--eval '$(EVAL)') $(if $(LABELS),--labels '$(LABELS)') $(if $(PATTERNS),--patterns '$(PATTERNS)')

# --- tests: the quick ones first, whole systems last -----------------------------------------

# The client and the command line are tested against the real control plane.
CLIENT = $(wildcard tests/sdk/client tests/sdk/cli tests/sdk/scene.py tests/sdk/wire.py)
PLAIN = $(wildcard tests/common tests/contract tests/examples) \
	$(filter-out $(CLIENT) %.py %/__pycache__,$(wildcard tests/sdk/*))
WHOLE = $(wildcard tests/egress tests/chaos tests/e2e)

test: setup build test-plain test-controlplane test-worker test-frontend test-whole ## Run every test (under 20 minutes on 2 cores)

test-plain: setup
	$(PYTEST) $(PLAIN) -n 2

test-controlplane: setup
	$(PYTEST) --ds controlplane.settings.test $(wildcard tests/controlplane tests/api tests/isolation/controlplane) \
		$(filter-out %.py,$(CLIENT)) -n 2

test-worker: setup
	$(RUN) -m common.embedded.browser
	$(PYTEST) --ds worker.settings.test $(wildcard tests/worker tests/isolation/worker) -n 2

test-frontend: setup
	$(NPM) test

test-whole: setup build
	$(RUN) -m common.embedded.browser
	@# Both mostly wait, for trainings of one core and for leases that run out.
	$(MAKE) -j2 --no-print-directory --output-sync=line test-planes test-journeys

test-planes:
	$(PYTEST) tests/egress tests/chaos

test-journeys:
	$(PYTEST) tests/e2e

CONTROLPLANE = DJANGO_SETTINGS_MODULE=controlplane.settings.test
WORKER = DJANGO_SETTINGS_MODULE=worker.settings.test
# Each room is typed under the settings that it runs with; tests/common/test_check.py finds gaps.
CONTROLPLANE_TYPED = common docs/generator sdk/annex controlplane api manage.py \
	tests/controlplane tests/api $(wildcard tests/isolation/controlplane) $(CLIENT)
WORKER_TYPED = worker examples benchmarks tests/conftest.py \
	tests/worker $(wildcard tests/isolation/worker) $(PLAIN) $(WHOLE)

# --- standing orders -------------------------------------------------------------------------

check: setup ## Lint, format, types, import arrows, migrations
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/lint-imports --no-logo
	$(CONTROLPLANE) $(RUN) -m mypy --cache-dir .mypy_cache/controlplane $(CONTROLPLANE_TYPED)
	$(WORKER) $(RUN) -m mypy --cache-dir .mypy_cache/worker $(WORKER_TYPED)
	$(CONTROLPLANE) $(RUN) manage.py check
	$(WORKER) $(RUN) -m worker django check
	@# Without a database the history is not compared; the models still are, with the migrations.
	$(CONTROLPLANE) $(RUN) -W ignore manage.py makemigrations --check --dry-run
	$(WORKER) $(RUN) -W ignore -m worker django makemigrations --check --dry-run
	$(NPM) run lint
	$(NPM) run typecheck

bench: setup ## Print ratios against references measured in the same run
	$(RUN) -m benchmarks

chaos: setup build ## Twenty seeded kills in one run
	$(RUN) -m tests.chaos

types: setup ## Write what is made from code: built-in recipes, OpenAPI documents, the console's types
	@mkdir -p docs/openapi
	$(RUN) -m worker.builtin.manifest
	$(CONTROLPLANE) $(RUN) manage.py spectacular --format openapi-json --validate --file docs/openapi/controlplane.json
	$(WORKER) $(RUN) -m worker django spectacular --format openapi-json --validate --file docs/openapi/worker.json
	frontend/node_modules/.bin/openapi-typescript docs/openapi/controlplane.json -o frontend/console/src/api/schema.d.ts

reference: setup ## Write docs/reference/ from docstrings and the command line's help
	$(RUN) -m docs.generator

axe: setup build ## Ask axe about every screen, light and dark, wide and narrow
	$(PYTEST) tests/e2e/test_axe.py

screens: setup build ## Take the screenshots of docs/screens/
	$(RUN) -m tests.e2e.screens

clean: ## Remove what was built and the demo's data
	rm -rf .demo .bench sdk/dist frontend/*/dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
