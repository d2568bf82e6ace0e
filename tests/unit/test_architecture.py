"""The core works where there is no Qt and no display."""

import ast
import os
import subprocess
import sys
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
NO_QT = """
import sys
from click.testing import CliRunner
from casemgr.cli import main
{imports}
result = CliRunner().invoke(main, ["--help"])
assert result.exit_code == 0, result.output
loaded = sorted(name for name in sys.modules if name.split(".")[0] in {{"PySide6", "shiboken6", "qtawesome", "ui"}})
print(loaded)
"""


def modules() -> list[str]:
    files = sorted((TOP / "casemgr").rglob("*.py"))
    names = [".".join(file.relative_to(TOP).with_suffix("").parts).removesuffix(".__init__") for file in files]
    return [name for name in names if not name.endswith("__main__") and ".migrations" not in name]


def python(code: str) -> str:
    environment = {**os.environ, "PYTHONPATH": str(TOP)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_every_module_of_the_core_loads_without_qt() -> None:
    assert python(NO_QT.format(imports="\n".join(f"import {name}" for name in modules()))) == "[]"


def test_the_command_line_starts_without_what_only_papers_and_upgrades_need() -> None:
    slow = ("PySide6", "alembic", "reportlab", "openpyxl", "pikepdf", "pypdfium2")
    code = f"import sys, casemgr.cli; print(sorted(set(sys.modules) & set({slow!r})))"
    assert python(code) == "[]"


def test_every_module_says_what_it_is_for() -> None:
    files = [file for package in ("casemgr", "ui") for file in sorted((TOP / package).rglob("*.py"))]
    assert len(files) > 20
    assert [str(f) for f in files if not ast.get_docstring(ast.parse(f.read_text(encoding="utf-8")))] == []
