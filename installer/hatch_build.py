"""Build hook: compiles the catalogues and ships the compiled ones only."""

import runpy
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CustomBuildHook(BuildHookInterface[Any]):
    """Runs before a wheel or an editable installation is made."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile, and name each compiled catalogue for the wheel."""
        top = Path(self.root)
        compile_all = runpy.run_path(str(top / "installer" / "catalogue.py"))["compile_all"]
        for file in compile_all(top):
            if version != "editable":
                build_data["force_include"][str(file)] = f"casemgr/_data/{file.relative_to(top).as_posix()}"
