"""Every check and test of the project, in one run; `installer/bootstrap.py test` calls it with the prepared Python.

Arguments go to the last step, pytest: `… test tests/unit -k dates` runs the static checks and those tests only.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
SUFFIX = ".exe" if os.name == "nt" else ""
LOCK = TOP / "requirements.lock"
SMALL_BENCHMARK = "2000"  # households


def tool(name: str, *arguments: str, cwd: Path = TOP, **variables: str) -> None:
    """Run one of the environment's programs and stop this step when it fails."""
    call([str(BIN / (name + SUFFIX)), *arguments], cwd, **variables)


def call(command: list[str], cwd: Path = TOP, **variables: str) -> None:
    """Run a command with the offscreen screen and no input."""
    environment = {"QT_QPA_PLATFORM": "offscreen", **os.environ, **variables}
    subprocess.run(command, cwd=cwd, env=environment, stdin=subprocess.DEVNULL, check=True)


def form() -> None:
    """Code is formatted."""
    tool("ruff", "format", "--check", "--quiet", ".")


def lint() -> None:
    """Code keeps the rules of pyproject.toml."""
    tool("ruff", "check", "--quiet", ".")


def types() -> None:
    """Types hold."""
    tool("mypy")


def layers() -> None:
    """Nobody imports what it must not know."""
    tool("lint-imports", PYTHONPATH=str(TOP))


def wheel() -> None:
    """The wheel, installed alone in a fresh environment, opens, writes, reads, translates and draws."""
    with tempfile.TemporaryDirectory(prefix="casemgr-wheel-") as name:
        place = Path(name)
        pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "-qq"]
        call([*pip, "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", str(place), str(TOP)])
        (built,) = place.glob("casemgr-*.whl")
        call([sys.executable, "-m", "venv", str(place / "env")])
        scripts = place / "env" / BIN.name
        step = [str(scripts / f"python{SUFFIX}"), *pip[1:], "install", "--no-deps"]
        call([*step, "--require-hashes", "--only-binary", ":all:", "--requirement", str(LOCK)])
        call([*step, "--no-index", str(built)])
        home = {"CASEMGR_HOME": str(place / "home")}
        call([str(scripts / f"casemgr{SUFFIX}"), "self-check", str(place / "self-check")], place, **home)
        call([str(scripts / f"casemgr-gui{SUFFIX}"), "--self-check"], place, **home)


def benchmarks() -> None:
    """The benchmarks still run on a small file; figures count at the reference size, taken by hand."""
    small = {"CASEMGR_BENCHMARK_HOUSEHOLDS": SMALL_BENCHMARK}
    for module in sorted((TOP / "tests" / "benchmarks").glob("test_*.py")):  # each alone: memory is part of the figures
        command = ["-q", "-s", "-m", "benchmark", "--benchmark-disable-gc", str(module)]
        try:
            tool("pytest", *command, **small)
        except subprocess.CalledProcessError:
            print("== once more, for other work on this machine may have slowed the first run", flush=True)
            tool("pytest", *command, **small)


def tests(*arguments: str) -> None:
    """All tests, with the coverage of every branch."""
    chosen = arguments or ("--cov", "--cov-report=term:skip-covered")
    tool("pytest", "-q", "-n", "2", "-m", "not benchmark", "--benchmark-disable", *chosen)


def step(check: Callable[..., None], *arguments: str) -> bool:
    """Run one check and tell how long it took."""
    print(f"== {check.__name__}: {check.__doc__}", flush=True)
    started = time.monotonic()
    try:
        check(*arguments)
    except subprocess.CalledProcessError as error:
        print(f"== {check.__name__} failed: exit code {error.returncode}", flush=True)
        return False
    print(f"== {check.__name__}: {time.monotonic() - started:.0f} s", flush=True)
    return True


def main(arguments: list[str]) -> int:
    """Run everything, the tests last; exit code 1 when anything failed."""
    checks = [form, lint, types, layers] if arguments else [form, lint, types, layers, wheel, benchmarks]
    failed = [check.__name__ for check in checks if not step(check)]
    if failed:
        print(f"== failed before the tests: {', '.join(failed)}", flush=True)
    print(f"== {tests.__name__}: {tests.__doc__}", flush=True)
    try:
        tests(*arguments)
    except subprocess.CalledProcessError:
        failed.append(tests.__name__)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
