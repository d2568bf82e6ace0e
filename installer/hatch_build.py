"""Build hook: ships the data files, the compiled catalogues and the release's key for policy packs."""

import os
import runpy
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

DEVELOPMENT_KEY = Path("resources/standards/keys/development.pem")
"""For tests and development only: a released program neither carries nor accepts it."""

RELEASE_KEY = "CASEMGR_RELEASE_KEY"
"""Environment variable naming the public key file of the release; it is not kept in the repository."""


class CustomBuildHook(BuildHookInterface[Any]):
    """Runs before a wheel or an editable installation is made."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile, and name each compiled catalogue for the wheel."""
        top = Path(self.root)
        compile_all = runpy.run_path(str(top / "installer" / "catalogue.py"))["compile_all"]
        for file in compile_all(top):
            if version != "editable":
                build_data["force_include"][str(file)] = f"casemgr/_data/{file.relative_to(top).as_posix()}"
        if version != "editable":
            for file in sorted((top / "resources").rglob("*")):
                place = file.relative_to(top)
                if file.is_file() and place != DEVELOPMENT_KEY:
                    build_data["force_include"][str(file)] = f"casemgr/_data/{place.as_posix()}"
            if release_key := os.environ.get(RELEASE_KEY):
                build_data["force_include"][release_key] = "casemgr/_data/resources/standards/keys/release.pem"
