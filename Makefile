# Two commands do everything on a bare machine (Python 3.11 or later, make, git, g++):
#   make check              read and judge the sample course, or NOTES=path
#   make test               lint, types, and the whole suite
# Two more, for those who want them:
#   make docs               the documentation as a site that needs no network: build/docs/VERSION/index.html
#   make browser            a browser, for the tests of the HTML report; where one is on the path, make test uses it
PYTHON ?= python3
VENV   ?= .venv
NOTES  ?= docs/sample
BIN    := $(VENV)/bin
BROWSER := $(shell command -v chromium || command -v chromium-browser || command -v google-chrome)

.PHONY: check test lint types suite browser bench docs clean

# Findings (exit status 1) are what check is for, so make doesn't call them an Error; 2 and 3 stop it as ever.
check: $(VENV)/.core
	@status=0; $(BIN)/errata check $(NOTES) || status=$$?; \
	case $$status in \
	0) ;; \
	1) echo; echo "errata check $(NOTES): exit status 1, which means that it found errors in the notes; see above." ;; \
	*) exit $$status ;; \
	esac; \
	$(BIN)/errata check $(NOTES) --format html --output errata-report --fail-on never -q || true

test: lint types suite

lint: $(VENV)/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.test
	$(BIN)/mypy

# What fails or is skipped is named at the end, with the reason. A browser is used where there is one, and never needed.
suite: $(VENV)/.test
	@$(if $(BROWSER),$(MAKE) --no-print-directory $(VENV)/.browser || echo "no Playwright: the browser's tests are skipped")
	OMP_NUM_THREADS=1 $(BIN)/pytest -n 2 -rfEs

# Debian's package where this is root, and else the build that comes with Playwright.
browser: $(VENV)/.browser
	@if [ -n "$(BROWSER)" ]; then echo "$(BROWSER)"; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium; \
	else $(BIN)/python -m playwright install chromium; fi

bench: $(VENV)/.test
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[bench]'
	$(BIN)/python -m benchmarks
	OMP_NUM_THREADS=1 $(BIN)/python -m benchmarks.monte_carlo
	OMP_NUM_THREADS=1 $(BIN)/python -m benchmarks.coverage
	OMP_NUM_THREADS=1 $(BIN)/python -m benchmarks.quadrature

# Every link must lead somewhere (-W); to keep the sites of other versions, keep build/docs.
docs: $(VENV)/.docs
	@version=$$($(BIN)/python -c 'import errata; print(errata.__version__)'); \
	$(BIN)/python -m sphinx -b html -W --keep-going -q docs build/docs/$$version && \
	echo "build/docs/$$version/index.html"

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.core: $(VENV)/bin/python pyproject.toml constraints.txt
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	touch $@

$(VENV)/.test: $(VENV)/bin/python pyproject.toml constraints.txt
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[models,test]'
	touch $@ $(VENV)/.core

# Only for the tests of the HTML report in a browser.
$(VENV)/.browser: $(VENV)/.test
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[browser]'
	touch $@

$(VENV)/.docs: $(VENV)/.core
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[docs]'
	touch $@

clean:
	rm -rf $(VENV)
