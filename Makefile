# Each target is one plain command, or a few that can also be typed by hand. `make help` lists them.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input
COMPILE := $(BIN)/uv pip compile --quiet --generate-hashes --no-header --no-annotate --universal --python-version 3.11

.DEFAULT_GOAL := help
.PHONY: help install install-test run test test-slow check fix pictures bench lock

help:  ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

install: $(VENV)/.stamp-base  ## leave .venv/bin/vungcao ready

$(VENV)/bin/python:
	@sh scripts/make_venv.sh "$(PYTHON)" "$(VENV)"

$(VENV)/.stamp-base: pyproject.toml requirements/build.txt requirements/base.txt requirements/report.txt requirements/analytics.txt | $(VENV)/bin/python
	$(PIP) install -q --require-hashes -r requirements/build.txt -r requirements/base.txt -r requirements/report.txt \
		-r requirements/analytics.txt
	$(PIP) install -q --no-deps --no-build-isolation --no-index -e .
	@touch $@

install-test: $(VENV)/.stamp-test  ## add what lint and tests need

$(VENV)/.stamp-test: requirements/test.txt $(VENV)/.stamp-base
	$(PIP) install -q --require-hashes -r requirements/test.txt
	@touch $@

run: install  ## set up, import the example province, print what reconciles, serve on 127.0.0.1:8000
	$(BIN)/vungcao demo --serve

test: install-test  ## every test but the slow ones: lint, SQLite, PostgreSQL, browser, office
	sh scripts/system_needs.sh
	sh scripts/test.sh $(BIN)

test-slow: install-test  ## full matrix, soak, pages on PostgreSQL, the cube on a Spark cluster
	sh scripts/system_needs.sh spark
	sh scripts/spark_environment.sh "$(PYTHON)"
	sh scripts/test.sh $(BIN) slow

check: install-test  ## lint only: ruff, import contracts, mypy
	sh scripts/check.sh $(BIN)

fix: install-test  ## ruff: mend and format
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

pictures: install-test  ## draw the example reports and the screens of the guide again, beside their checklists
	sh scripts/system_needs.sh
	$(BIN)/python scripts/picture_reports.py
	$(BIN)/python scripts/picture_screens.py

bench: install-test  ## measure beside plain libraries; prints ratios
	-sh scripts/system_needs.sh spark && sh scripts/spark_environment.sh "$(PYTHON)"
	sh bench/run $(BIN)/python

lock: $(VENV)/bin/python  ## write requirements/*.txt anew from *.in
	$(PIP) install -q --require-hashes -r requirements/lock.txt
	$(COMPILE) $(UPGRADE) requirements/lock.in -o requirements/lock.txt
	$(COMPILE) $(UPGRADE) requirements/build.in -o requirements/build.txt
	$(COMPILE) $(UPGRADE) requirements/base.in -o requirements/base.txt
	$(COMPILE) $(UPGRADE) requirements/report.in -c requirements/base.txt -o requirements/report.txt
	$(COMPILE) $(UPGRADE) requirements/analytics.in -c requirements/base.txt -c requirements/report.txt -o requirements/analytics.txt
	$(COMPILE) $(UPGRADE) requirements/test.in -c requirements/base.txt -c requirements/report.txt -c requirements/analytics.txt \
		-o requirements/test.txt
	$(COMPILE) $(UPGRADE) requirements/spark.in requirements/base.in requirements/analytics.in -c requirements/base.txt \
		-o requirements/spark.txt
