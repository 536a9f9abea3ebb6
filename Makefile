# Every verb of the project. Each does the set-up it needs; what is there already takes no time.
#   make run     from nothing to a map at http://127.0.0.1:8000 (another port: PORT=9000 make run)
#   make setup   the set-up alone: Debian's packages, .venv, the pages' libraries
#   make test    all tests, against a real PostGIS and a real browser
#   make check   format, lint and types
#   make bench   speed beside peers and floors, 25 minutes: BENCH_ARGS="--quick --only tiles"

MAKEFLAGS += --no-print-directory
.PHONY: run setup test check bench

run: setup
	@.venv/bin/fahsai up

setup:
	@setup/debian
	@setup/python
	@setup/assets
	@echo "setup: complete; the command is .venv/bin/fahsai"

# Tests start hundreds of processes of ours: each would compile its modules anew.
test: setup
	@setup/debian --tests
	@PYTHONDONTWRITEBYTECODE= .venv/bin/pytest -n auto --dist worksteal $(TEST_ARGS)

check:
	@setup/debian
	@setup/python
	.venv/bin/ruff format --check
	.venv/bin/ruff check
	.venv/bin/mypy

bench: setup
	@setup/bench
	@.venv/bin/python -m bench $(BENCH_ARGS)
