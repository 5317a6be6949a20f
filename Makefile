# Every command works alone on a fresh machine with Python 3.11 or newer, and is fast the second time.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
PORT ?= 8000
CHAPTERS := $(wildcard chapters/*.ipynb)
ON_THE_SITE := $(addprefix tests/book/,test_site.py test_demos.py test_progress.py test_builds.py)
BUILD := $(BIN)/jupyter-book build . -W --keep-going -q
PYTEST := $(BIN)/python -m pytest -q -n auto --maxprocesses 4

.PHONY: help book pdf test serve lab bench outputs linkcheck clean

help:
	@echo "make book       build the site into _build/html"
	@echo "make pdf        build the site and print it into _build/book.pdf"
	@echo "make serve      build the site and serve it on this machine"
	@echo "make lab        open the chapters in JupyterLab"
	@echo "make test       run every test: library, chapters, site"
	@echo "make outputs    run the chapters and store the text they print"
	@echo "make bench      measure speed, accuracy and page weight"
	@echo "make linkcheck  try every link that leaves the book"
	@echo "make clean      remove what was built"

book: $(READY)
	@$(BUILD)
	@echo
	@echo "The book is built. Open this file in a browser:"
	@echo "    $(CURDIR)/_build/html/index.html"

test: $(READY)
	@echo "== library and book ==" && $(PYTEST) $(addprefix --ignore=,$(ON_THE_SITE))
	@echo "== chapters: stored numbers against new ones ==" && $(PYTEST) --dist loadfile --nbval chapters
	@echo "== site ==" && $(BUILD)
	@$(PYTEST) --dist worksteal $(ON_THE_SITE)

pdf: book
	@$(BIN)/python -m bookkit.site.pdf

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

clean:
	rm -rf _build build dist *.egg-info .pytest_cache .hypothesis

# The environment, made again when what it must hold has changed.
$(READY): requirements.txt pyproject.toml
	@$(PYTHON) -c "import sys; v = sys.version_info; sys.exit(v < (3, 11) and f'Python 3.11 or newer is needed; this is {v[0]}.{v[1]}. Try: make PYTHON=python3.12')"
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $(READY)
