# The three commands of this project, each complete on a fresh machine with Python 3.11+, pip and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PATH := $(CURDIR)/$(BIN):$(PATH)

.PHONY: crawl test browse check bench clean

crawl: $(VENV)/installed   ## crawl the bundled sample portal into data/
	@scrapy crawl portals

browse: $(VENV)/installed  ## look at data/reports.db in Datasette
	@scrapy browse

test: $(VENV)/tested check ## style, types and the whole suite
	@python -m tests.chromium
	@python -m tests.libreoffice
	@pytest -n 2 --dist loadgroup

check: $(VENV)/tested      ## style and types only
	@ruff check .
	@mypy

bench: $(VENV)/tested      ## speed beside other tools, as ratios
	@python -m bench

clean:
	rm -rf $(VENV) build *.egg-info

$(VENV)/installed: pyproject.toml constraints.txt
	@echo "Setting up $(VENV) (once, about a minute) ..."
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "nianbao needs Python 3.11 or newer; name one with: make PYTHON=python3.12 ..." >&2; exit 2; }
	@$(PYTHON) -m venv $(VENV) || { echo "python3 -m venv failed; on Debian and Ubuntu: apt-get install python3-venv" >&2; exit 2; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

$(VENV)/tested: $(VENV)/installed
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[test]'
	@touch $@
