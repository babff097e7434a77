# Thin lines over `python scripts/...`; the README gives the same without make.
PYTHON ?= python3
BIN := .venv/bin
ENV := .venv/installed
DEV := .venv/installed-dev
# No index, no option of the machine goes into a lock; extras stay, or pip would look for the package behind one.
LOCK := UV_NO_CONFIG=1 .venv-lock/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
	--no-strip-extras --no-annotate --no-header

# The scripts of the browser: their format and their types. Like the checker of HTML, these tools come with npm.
SCRIPTS_CHECKED = @if command -v npm >/dev/null; \
	then npx --no-install prettier --check --log-level warn "docs/theme/atlas/**/*.{js,ts}" && npx --no-install tsc; \
	else echo "npm is missing: the scripts of the browser are not checked"; fi

.PHONY: site test serve check fix new derive bench zensical lock clean help

site: $(ENV)  ## build the site into site/
	$(BIN)/python scripts/atlas.py build

check: $(ENV)  ## check the records
	$(BIN)/python scripts/atlas.py check

fix: $(ENV)  ## mend in the records what a machine can
	$(BIN)/python scripts/atlas.py fix

new: $(ENV)  ## start a new record, asked field by field
	$(BIN)/python scripts/atlas.py new

serve: $(ENV)  ## preview both languages at http://127.0.0.1:8000/
	$(BIN)/python scripts/atlas.py serve

derive: $(ENV)  ## rewrite what is derived from the vocabularies
	$(BIN)/python scripts/atlas.py derive

test: $(DEV) node_modules/installed  ## run all tests
	$(BIN)/ruff format --check scripts tests tools
	$(BIN)/ruff check scripts tests tools
	$(BIN)/mypy
	$(SCRIPTS_CHECKED)
	$(BIN)/pytest -n auto --dist loadfile

bench: $(ENV)  ## measure check, generation and build
	PYTHONPATH=scripts $(BIN)/python tools/bench.py

zensical: .venv-zensical/installed $(ENV)  ## build the same pages with Zensical into build/zensical/
	$(BIN)/python scripts/atlas.py zensical

lock: .venv-lock/installed  ## renew all locks to the newest releases that pyproject.toml and package.json allow
	$(LOCK) pyproject.toml --output-file requirements.lock
	$(LOCK) pyproject.toml --group dev --output-file requirements-dev.lock
	$(LOCK) --group zensical --output-file requirements-zensical.lock
	npm install --package-lock-only --ignore-scripts --silent --save-dev --save-exact $$(node -p \
		'Object.keys(require("./package.json").devDependencies).map((name) => name + "@latest").join(" ")')

clean:  ## remove everything that was built
	rm -rf site .site-* build/site build/zensical .venv-zensical .venv-lock .pytest_cache .mypy_cache .ruff_cache
	find build/docs -mindepth 2 -not -name .gitkeep -delete

help:  ## this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*##/\t/'

$(BIN)/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed")'
	$(PYTHON) -m venv .venv

$(ENV): requirements.lock | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements.lock
	@touch $@

$(DEV): requirements-dev.lock $(ENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements-dev.lock
	@touch $@

.venv-zensical/installed: requirements-zensical.lock
	$(PYTHON) -m venv .venv-zensical
	.venv-zensical/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements-zensical.lock
	@touch $@

# What renews the locks is not locked itself: it is used by hand and once a week, and its work is looked at.
.venv-lock/installed: $(firstword $(MAKEFILE_LIST))
	$(PYTHON) -m venv .venv-lock
	.venv-lock/bin/python -m pip install --quiet --disable-pip-version-check "uv>=0.9,<1"
	@touch $@

# The checker of HTML, for the tests. Without npm the tests fall back to html5lib and say so.
node_modules/installed: package.json package-lock.json
	@if command -v npm >/dev/null; then npm ci --silent; else echo "npm is missing: the HTML checker falls back to html5lib"; mkdir -p node_modules; fi
	@touch $@
