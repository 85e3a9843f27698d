PYTHON ?= python3
PORT ?= 8000
IN := .venv/bin/python

.PHONY: help setup run test coverage check accuracy fit bench messages gallery

help:
	@echo "make setup   make the environment in .venv from requirements.lock"
	@echo "make run     start everything on this machine; make run PORT=8123 for another port"
	@echo "make test    the whole test suite, with real services; ARGS='tests/web -x' for a part"
	@echo "make coverage the same, and which lines no test reaches; fails below 95 %, for engine and policies below 100 %"
	@echo "make check   format, lint, types, layers, templates, migrations, deployment settings"
	@echo "make accuracy   how far sizes and speeds are from published measurements, each source left out of its own fit"
	@echo "make fit     fit the engine's constants on these measurements: writes advisor/engine/fitted.py"
	@echo "make bench   how long one recommendation takes, on the shipped catalog and on one ten times as large; the list of models,"
	@echo "             question pages, trying figures on a result, reports; every part runs, and it fails if any misses its bar"
	@echo "make gallery   pictures of every screen in var/gallery/index.html; ARGS='--only results --languages en de'"
	@echo "make messages   bring the translations in locale/ up to date with the code and compile them"

setup:
	@$(PYTHON) .ci/environment.py

run: setup
	@exec $(IN) -m advisor.web.supervisor --port "$(PORT)"

# Side by side: each process has a PostgreSQL and a Valkey of its own, and takes whole files.
SIDE_BY_SIDE := -n auto --maxprocesses 4 --dist loadgroup --no-loadscope-reorder

test: setup
	$(IN) -m pytest $(SIDE_BY_SIDE) $(ARGS)

coverage: setup
	$(IN) -m pytest $(SIDE_BY_SIDE) --cov --cov-fail-under=95 $(ARGS)
	$(IN) -m coverage report --include="advisor/engine/*,advisor/*/policies.py" --fail-under=100

check: setup
	$(IN) -m ruff format --check .
	$(IN) -m ruff check .
	$(IN) -m mypy advisor
	.venv/bin/lint-imports
	$(IN) -m djlint templates advisor --lint
	$(IN) -W ignore::RuntimeWarning manage.py makemigrations --check --dry-run
	$(IN) manage.py check --deploy --fail-level WARNING

bench: setup
	@missed=0; \
	ADVISOR_LOCAL=1 OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(IN) -m advisor.calibration.bench $(ARGS) || missed=1; \
	for command in browse_times question_times what_if_times report_times; do $(IN) -m advisor.web.throwaway $$command || missed=1; done; \
	exit $$missed

gallery: setup
	$(IN) -m tests.gallery $(ARGS)

messages: setup
	ADVISOR_LOCAL=1 $(IN) manage.py messages

accuracy: setup
	$(IN) -m advisor.calibration.accuracy

fit: setup
	$(IN) -m advisor.calibration.publish
