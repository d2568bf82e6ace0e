"""`python -m casemgr` is the command line."""

from casemgr.cli import main

main(prog_name="casemgr")
