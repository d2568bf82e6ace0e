"""Where this machine keeps settings, logs, data and backups; whoever writes there makes the folder."""

import os
from pathlib import Path

import platformdirs

_APP = "casemgr"
HOME_VARIABLE = "CASEMGR_HOME"
"""Environment variable that moves everything below one folder: for tests and for a program on a USB stick."""


def _home() -> Path | None:
    value = os.environ.get(HOME_VARIABLE)
    return Path(value) if value else None


def config_folder() -> Path:
    """Settings of this machine."""
    home = _home()
    return home / "config" if home else platformdirs.user_config_path(_APP, appauthor=False)


def data_folder() -> Path:
    """What the program keeps for this user beside the case files, such as copies of key files."""
    home = _home()
    return home / "data" if home else platformdirs.user_data_path(_APP, appauthor=False)


def backup_folder() -> Path:
    """Backups, unless the office chose another place."""
    return data_folder() / "backups"


def log_folder() -> Path:
    """The rotating log."""
    home = _home()
    return home / "logs" if home else platformdirs.user_log_path(_APP, appauthor=False)


def documents_folder() -> Path:
    """Where a new case file is proposed and papers are saved to."""
    home = _home()
    return home / "documents" if home else platformdirs.user_documents_path()
