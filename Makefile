# Every command works alone on a fresh machine with Python 3.11 or newer, and is fast the second time.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
BEFORE := $(VENV)-before
PORT ?= 8000
CHAPTERS := $(wildcard chapters/*.ipynb)
# What takes longest stands first, so that no worker begins it when the others are done.
ON_THE_SITE := $(addprefix tests/book/test_,$(addsuffix .py,builds python site demos standalone study self_test review progress search downloads))
BUILD := $(BIN)/jupyter-book build . -W --keep-going -q
PYTEST := $(BIN)/python -m pytest -q -n auto --maxprocesses 4

# There is a worker for every processor; threads of linear algebra beside them would only wait for each other.
export OMP_NUM_THREADS := 1

# Dozens of processes import the same modules: what one has compiled serves the others.
export PYTHONDONTWRITEBYTECODE :=

# What `make newest` installs, each as new as it comes: all that is asked for by name but Jupyter Book
# and JupyterLab, and the parts of Jupyter Book that build this site.
NEWEST := .venv-newest
NAMES = $(shell sed -n '/^\# --- the book/q; s/ *[;\#].*//; s/==.*//p' requirements.txt | grep -v '^jupyter' | sort -u) \
	sphinx myst-nb sphinx-external-toc

# An environment knows its folder and its Python: elsewhere, or with another, it is made anew.
MADE_FOR := $(CURDIR) $(shell $(PYTHON) -c "import sys; print(*sys.version_info[:3])")
ifneq ($(shell cat $(READY) 2>/dev/null),$(MADE_FOR))
.PHONY: $(READY)
endif

# Where the home cannot be written, what keeps settings and caches there keeps them here.
ifneq ($(shell test -w "$$HOME" && echo yes),yes)
export HOME := $(CURDIR)/_build/home
$(shell mkdir -p _build/home)
endif

.PHONY: help book pdf offline test check fuzz engines serve lab bench outputs linkcheck newest clean

help:
	@echo "make book       build the site into _build/html"
	@echo "make pdf        build the site and print it into one PDF, beside its other downloads"
	@echo "make offline    build the site and pack it into one archive, to be read anywhere"
	@echo "make serve      build the site and serve it on this machine"
	@echo "make lab        open the chapters in JupyterLab"
	@echo "make check      the tests of a minute: layout, types, architecture, library, engine"
	@echo "make test       run every test: library, chapters, site"
	@echo "make engines    visit the site in Firefox and WebKit"
	@echo "make fuzz       look for new counterexamples, with other examples at every run"
	@echo "make outputs    run the chapters and store the text they print"
	@echo "make bench      measure speed, accuracy and page weight"
	@echo "make linkcheck  try every link that leaves the book"
	@echo "make newest     build and test the site with Sphinx alone and the newest of everything"
	@echo "make clean      remove what was built"

book: $(READY)
	@$(BUILD)
	@echo
	@echo "The book is built. Open this file in a browser:"
	@echo "    $(CURDIR)/_build/html/index.html"

# The build keeps one processor busy, so the tests that need no site run beside it.
test: $(READY)
	@echo "== chapters: stored numbers against new ones ==" && $(PYTEST) --dist loadfile --nbval -p bookkit.site.judged chapters
	@echo "== library and book, while the site is built ==" && { $(BUILD) & \
	$(PYTEST) -p no:nbval --dist worksteal $(addprefix --ignore=,$(ON_THE_SITE) tests/engines); library=$$?; \
	wait $$! && exit $$library; }
	@echo "== site ==" && $(PYTEST) -p no:nbval --dist worksteal $(ON_THE_SITE)

# The first examples of each theorem, and what holds for all chapters; what is said of one alone is tried by `make test`.
check: $(READY)
	@$(PYTEST) -p no:nbval --dist worksteal --hypothesis-profile=quick -m "not slow and not browser" --ignore=chapters $(addprefix --ignore=,$(ON_THE_SITE) tests/engines tests/itlib_book)

engines: book
	@$(BIN)/python -m pytest -q tests/engines -k webkit & \
	$(BIN)/python -m pytest -q tests/engines -k "not webkit"; firefox=$$?; wait $$! && exit $$firefox

fuzz: $(READY)
	@$(PYTEST) -p no:nbval --hypothesis-profile=free -o faulthandler_timeout=0 -m hypothesis tests

pdf: book
	@$(BIN)/python -m bookkit.site.pdf

offline: book
	@$(BIN)/python -m bookkit.site.offline

serve: book
	@echo "    http://localhost:$(PORT)/   (Ctrl-C stops)"
	@$(BIN)/python -m http.server $(PORT) --bind 127.0.0.1 --directory _build/html

lab: $(READY)
	$(BIN)/jupyter lab chapters

bench: $(READY)
	$(BIN)/python -m benchmarks

outputs: $(READY)
	$(BIN)/python -m bookkit.notebooks $(CHAPTERS)

linkcheck: $(READY)
	$(BUILD) --builder linkcheck

newest:
	@$(PYTHON) -m venv --clear $(NEWEST)
	@$(NEWEST)/bin/python -m pip install --quiet --disable-pip-version-check $(NAMES)
	@$(NEWEST)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps -e . -e ./itlib_book
	@$(NEWEST)/bin/python -m bookkit.site.alone
	@$(NEWEST)/bin/python -m pytest -q -n auto --maxprocesses 4 --dist worksteal $(filter-out %/test_builds.py,$(ON_THE_SITE))

clean:
	rm -rf _build build dist *.egg-info itlib_book/build .pytest_cache .hypothesis

# The environment, made again when what it must hold has changed. setuptools comes first and builds
# the book's own packages, so that nothing is fetched when all that is pinned is there already. One that
# stood before for another folder or Python comes back when its successor cannot be installed.
$(READY): requirements.txt pyproject.toml itlib_book/pyproject.toml
	@$(PYTHON) -c "import sys; v = sys.version_info; sys.exit(v < (3, 11) and f'Python 3.11 or newer is needed; this is {v[0]}.{v[1]}. Try: make PYTHON=python3.12')"
	@if test "$$(cat $(READY) 2>/dev/null)" != "$(MADE_FOR)"; then \
		rm -rf $(BEFORE) && (test ! -d $(VENV) || mv $(VENV) $(BEFORE)) && $(PYTHON) -m venv $(VENV); fi
	@if command -v uv >/dev/null; then install="uv pip install --quiet --python $(BIN)/python"; \
	else install="$(BIN)/python -m pip install --quiet --disable-pip-version-check"; fi; \
	echo "installing what requirements.txt pins" && \
	$$install $$(grep '^setuptools==' requirements.txt) && \
	$$install --no-build-isolation -r requirements.txt || { \
		if test -d $(BEFORE); then rm -rf $(VENV) && mv $(BEFORE) $(VENV); fi; \
		echo "The installation failed, for the reason above; it needs the network when something is new." >&2; \
		exit 1; }
	@rm -rf $(BEFORE)
	@echo "$(MADE_FOR)" > $(READY)
