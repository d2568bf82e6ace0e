"""Runs the real command line in a process of its own."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PASSPHRASE = "mưa chiều trên bến đò"
ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Terminal:
    """A support person's terminal: one case file, one passphrase file, one home folder."""

    folder: Path
    file: Path

    def run(
        self, *arguments: str | Path, language: str = "vi", prefix: tuple[str, ...] = ()
    ) -> subprocess.CompletedProcess[str]:
        """One command; never through a shell."""
        key = self.folder / "passphrase.txt"
        key.write_text(f"{PASSPHRASE}\n", encoding="utf-8")
        command = [
            *prefix, sys.executable, "-m", "casemgr", "--language", language, "--file", str(self.file),
            "--passphrase-file", str(key), *map(str, arguments),
        ]  # fmt: skip
        environment = os.environ | {"CASEMGR_HOME": str(self.folder / "home"), "PYTHONPATH": str(ROOT)}
        return subprocess.run(
            command,
            capture_output=True,
            text=True,
            encoding="utf-8",
            env=environment,
            cwd=self.folder,
            timeout=300,
            check=False,
        )

    def ok(self, *arguments: str | Path) -> str:
        """A command that must succeed; what it printed."""
        done = self.run(*arguments)
        assert done.returncode == 0, done.stdout + done.stderr
        assert "Traceback" not in done.stderr
        return done.stdout

    def data(self, *arguments: str | Path) -> Any:
        """The JSON a command prints."""
        return json.loads(self.ok(*arguments, "--json"))

    def refused(self, *arguments: str | Path) -> str:
        """A command that must end with exit code 1 and a sentence; the sentence."""
        done = self.run(*arguments)
        assert done.returncode == 1, done.stdout + done.stderr
        assert done.stderr.strip()
        assert "Traceback" not in done.stderr
        return done.stderr
