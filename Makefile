# Every target has a one-line help: make help
.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin
# The stamp of an installation: made anew when what is installed changes.
INSTALLED := .venv/installed
INSTALLED_DEV := .venv/installed-dev
INSTALLED_WITNESS := .venv-witness/installed

.PHONY: help install model run demo chat migrate test thorough channels witness browsers lint types contracts audit-tests bench trials docs pictures lock clean

help: ## List the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

install: $(INSTALLED) model ## Install what running needs, into .venv

$(BIN)/python:
	$(PYTHON) -m venv .venv

$(INSTALLED): requirements.lock pyproject.toml | $(BIN)/python
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(INSTALLED_DEV): requirements-dev.lock $(INSTALLED)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

model: $(INSTALLED) ## Train the understanding of our packs, unless nothing has changed (a minute)
	@$(BIN)/python -m content.understanding

run: model ## Start the service on http://127.0.0.1:8080 (Ctrl+C stops it)
	@$(BIN)/chungtay run

demo: model ## The same with made-up people, on its own data folder
	@$(BIN)/chungtay demo

chat: model ## Chat in the terminal; nothing is kept
	@$(BIN)/chungtay chat

migrate: $(INSTALLED) ## Bring the database up to date
	@$(BIN)/chungtay db upgrade

test: $(INSTALLED_DEV) model ## Behaviour, on SQLite and PostgreSQL; what is missing here is left out aloud
	@# Compiled files are kept even where the machine says otherwise: two workers and many processes use them.
	PYTHONDONTWRITEBYTECODE= $(BIN)/pytest -q -n 2 --dist loadfile --no-loadscope-reorder \
		-m "not thorough and not browser and not trial and not outside and not witness" -rs

thorough: $(INSTALLED_DEV) model ## What takes long: the whole corpus, all plans, properties by the hundred, whole processes
	CHUNGTAY_TEST_THOROUGH=1 PYTHONDONTWRITEBYTECODE= $(BIN)/pytest -q -n 2 --dist loadfile --no-loadscope-reorder \
		-m "(thorough or hypothesis) and not browser and not trial and not outside and not witness" -rs

channels: $(INSTALLED_DEV) model ## Every golden conversation over every outside channel
	$(BIN)/pytest -q -n 2 -m outside -rs tests/channels tests/web

$(INSTALLED_WITNESS): requirements-witness.lock
	$(PYTHON) -m venv .venv-witness
	.venv-witness/bin/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-witness.lock
	@touch $@

witness: $(INSTALLED_DEV) model ## The golden conversations over a Telegram server written by strangers, where it can be had
	@$(MAKE) --no-print-directory $(INSTALLED_WITNESS) || echo "the strangers' server cannot be installed here"
	$(BIN)/pytest -q -n 2 -m witness -rs tests/witness

browsers: $(INSTALLED_DEV) model ## The pages in a real browser (Debian's chromium)
	$(BIN)/pytest -q -n 2 --dist loadfile -m browser -rs tests/browser

lint: $(INSTALLED_DEV) ## Style and common mistakes
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(INSTALLED_DEV) ## Strict types
	$(BIN)/mypy

contracts: $(INSTALLED_DEV) ## Who may import whom
	$(BIN)/lint-imports

audit-tests: $(INSTALLED_DEV) model ## Each capability's test must fail without its capability
	$(BIN)/python -m tests.support.audit_capabilities

bench: $(INSTALLED_DEV) model ## Figures: statements, milliseconds, memory, bytes; written to docs/performance.md
	$(BIN)/python -m bench

trials: $(INSTALLED_DEV) model ## Kills and faults in full, on both databases, written to docs/trials.md; then the fuzz
	$(BIN)/python -m tests.trials
	$(BIN)/python -m tests.trials.fuzz

docs: $(INSTALLED_DEV) ## Write what is generated in docs: settings, commands, the README's conversation
	$(BIN)/python -m docs.generate

pictures: $(INSTALLED_DEV) ## Take the pictures in docs/images (Debian's chromium)
	$(BIN)/python -m docs.pictures
	rm -f docs/images/pages/*.jpg
	CHUNGTAY_TEST_PICTURES=docs/images/pages $(BIN)/pytest -q tests/browser -k "every_page or everybody or the_door"

lock: ## Renew the lock files (needs uv)
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-annotate \
		pyproject.toml --extra build -o requirements.lock
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-annotate \
		pyproject.toml --extra dev -o requirements-dev.lock
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-annotate \
		requirements-witness.in -o requirements-witness.lock

clean: ## Remove the installation (data stays)
	rm -rf .venv .venv-witness
