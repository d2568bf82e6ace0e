"""The one door to the files shipped beside the code: `resources/` and `i18n/`."""

from pathlib import Path


def _root() -> Path:
    package = Path(__file__).resolve().parent
    shipped = package / "_data"
    return shipped if shipped.is_dir() else package.parent


def resource(*parts: str) -> Path:
    """The path of a shipped data file, e.g. `resource("fonts", "LiberationSerif-Regular.ttf")`."""
    return _root().joinpath("resources", *parts)


def locale_dir() -> Path:
    """The folder that holds `<lang>/LC_MESSAGES/casemgr.mo`."""
    return _root() / "i18n"
