# Dateline. `make help` says what there is.

PYTHON ?= python3
PORT ?= 8000
DEMO ?= 1
DATA_DIR ?= $(CURDIR)/var
export PORT DATA_DIR

BIN := .venv/bin
MANAGE := $(BIN)/python manage.py
RUN_DEPS := .venv/.run
TEST_DEPS := .venv/.test
STATIC := $(DATA_DIR)/static/staticfiles.json
STATIC_FILES := $(shell find cms home news search -path '*/static/*' -type f)

.PHONY: help run dev test test-services lint messages bench audit screenshots docs-images lock clean

help: ## Show this help
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

run: $(RUN_DEPS) $(STATIC) ## Serve http://localhost:8000 with the demo newsroom (PORT=…, DEMO=0)
	@DEBUG=false DJANGO_SETTINGS_MODULE=cms.settings.dev \
		$(MANAGE) serve --port $(PORT) $(if $(filter 0,$(DEMO)),,--demo)

dev: $(RUN_DEPS) ## The same for developers: DEBUG and autoreload
	$(MANAGE) migrate -v0
	$(MANAGE) setup_newsroom
	$(MANAGE) runserver $(PORT)

test: lint ## Lint, type check and all tests (browser tests need chromium)
	$(BIN)/python -m pytest -n 2 --dist loadfile -rs

test-services: $(TEST_DEPS) ## Tests that depend on the database, against DATABASE_URL and CACHE_URL
	$(BIN)/python -m pytest -n 2 --dist loadfile -rs -m "not static"

lint: $(TEST_DEPS) ## Lint, format check, types, migrations, Django's own checks
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	DJANGO_SETTINGS_MODULE=cms.settings.test $(MANAGE) makemigrations --check --dry-run
	DJANGO_SETTINGS_MODULE=cms.settings.production SECRET_KEY=$$(head -c 48 /dev/urandom | base64 -w0) \
		BASE_URL=https://news.example ALLOWED_HOSTS=news.example \
		$(MANAGE) check --deploy --fail-level WARNING

messages: $(RUN_DEPS) ## Collect and compile the texts for translation (needs gettext)
	$(MANAGE) makemessages --locale uk
	$(MANAGE) compilemessages --locale uk --ignore .venv

bench: $(RUN_DEPS) ## Dateline beside a stock Wagtail project of the same content (BENCH="--stories 500")
	$(BIN)/python bench/run.py $(BENCH)

audit: $(TEST_DEPS) ## Judge the readers' pages: W3C checker, axe, weight, Lighthouse (npm, Java; AUDIT="nu axe")
	$(BIN)/python -m bench.audit $(AUDIT)

screenshots: $(TEST_DEPS) ## Every page and screen at 390 and 1280 px, light and dark, into var/screenshots
	$(BIN)/python -m tests.screenshots $(DATA_DIR)/screenshots

docs-images: $(TEST_DEPS) ## The pictures of docs/editors.md, made anew from the demo newsroom
	$(BIN)/python -m tests.docs_images docs/images/editors

lock: $(TEST_DEPS) ## Pin the dependencies of pyproject.toml anew (needs uv)
	uv pip compile pyproject.toml $(LOCK) -o deploy/requirements.txt
	uv pip compile pyproject.toml $(LOCK) --extra test -o tests/requirements.txt

LOCK := --universal --generate-hashes --python-version 3.11 --no-header --no-emit-index-url -q

clean: ## Remove the environment and all local data
	rm -rf .venv $(DATA_DIR)

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Dateline needs Python 3.11 or newer as $(PYTHON) (Debian: apt install python3)"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' || \
		{ echo "Python's venv module is missing (Debian: apt install python3-venv)"; exit 1; }
	$(PYTHON) -m venv .venv

$(RUN_DEPS): deploy/requirements.txt | .venv/bin/python
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r deploy/requirements.txt
	@touch $@

$(TEST_DEPS): tests/requirements.txt $(RUN_DEPS)
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r tests/requirements.txt
	@touch $@

$(STATIC): $(RUN_DEPS) $(STATIC_FILES)
	@DEBUG=false DJANGO_SETTINGS_MODULE=cms.settings.dev $(MANAGE) collectstatic --noinput -v0
	@touch $@
