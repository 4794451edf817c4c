# The chores of this project. Settings (STRONGROOM_*) are read from the environment by config.py.

WORKERS ?= 2
BIN := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help install run test soak lint bench docs seed lock test-tools

help:
	@sed -n 's/^\([a-z]*\):.*## /\1	/p' Makefile | expand -t 10

install: .venv/requirements.done .venv/project.done  ## create .venv and install what the locks name
run: install  ## serve the demo house on this machine, made ready the first time
test: install test-tools  ## run the tests, on SQLite and on PostgreSQL
soak: install test-tools  ## run the tests with the long ones, for hours, going on where it was cut; PART=views runs a part
lint: install  ## check style and formatting
bench: install  ## measure, side by side with the floors
docs: install  ## write the generated documentation
seed: install  ## migrate the demo database and fill it
lock: install  ## pin the requirements anew; UPGRADE=--upgrade takes newer releases

.venv/bin/python:
	python=$$(scripts/find-python) && "$$python" -m venv .venv

.venv/requirements.done: requirements/app.txt requirements/dev.txt | .venv/bin/python
	$(BIN)/python -m pip install -qq --require-hashes -r requirements/app.txt -r requirements/dev.txt
	@touch $@

# A plain path entry ("compat"), so that a new top-level package needs no new installation.
.venv/project.done: pyproject.toml .venv/requirements.done
	$(BIN)/python -m pip install -qq --no-deps --no-build-isolation --config-settings editable_mode=compat -e .
	@touch $@

run seed: export STRONGROOM_DATA_DIR ?= var/demo

run:
	@if [ -e "$$STRONGROOM_DATA_DIR/seeded" ]; then \
	    $(BIN)/strongroom migrate && \
	    echo "Demo data in $$STRONGROOM_DATA_DIR. Password forgotten?" \
	         "STRONGROOM_DATA_DIR=$$STRONGROOM_DATA_DIR $(BIN)/strongroom user reset"; \
	else \
	    $(MAKE) --no-print-directory seed; \
	fi
	@exec $(BIN)/strongroom serve

seed:
	@mkdir -p "$$STRONGROOM_DATA_DIR"
	@$(BIN)/strongroom migrate
	@$(BIN)/strongroom seed
	@touch "$$STRONGROOM_DATA_DIR/seeded"

test-tools:
	@scripts/install-test-tools

test:
	$(BIN)/pytest -n $(WORKERS) --dist worksteal -q

soak:
	$(BIN)/python -m tests.soaking $(WORKERS) $(PART)

lint:
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

bench:
	$(BIN)/python -m bench

docs:
	$(BIN)/strongroom docs

# app.txt first: dev.txt may not contradict it.
lock:
	cd requirements && for name in app dev; do \
	    ../$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes $(UPGRADE) \
	        --no-annotate --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" \
	        $$name.in -o $$name.txt || exit 1; \
	done
