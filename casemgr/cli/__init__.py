"""The command line: the same use cases for support staff and for checks."""

import json
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import click

from casemgr import i18n, logs
from casemgr.cli.help import Group, teach_click
from casemgr.errors import AppError
from casemgr.i18n import N_, _

if TYPE_CHECKING:
    from casemgr.workspace import Workspace

GROUPS = {
    "abroad": "casemgr.cli.abroad",
    "office": "casemgr.cli.office",
    "import": "casemgr.cli.imports",
    "households": "casemgr.cli.households",
    "certificates": "casemgr.cli.certificates",
    "report": "casemgr.cli.report",
    "backup": "casemgr.cli.backup",
    "check": "casemgr.cli.check",
    "classify": "casemgr.cli.classify",
    "distribute": "casemgr.cli.distribute",
    "livelihoods": "casemgr.cli.livelihoods",
    "loans": "casemgr.cli.loans",
    "packs": "casemgr.cli.packs",
    "programmes": "casemgr.cli.programmes",
    "enrolments": "casemgr.cli.enrolments",
    "entitlements": "casemgr.cli.entitlements",
    "requests": "casemgr.cli.requests",
    "review": "casemgr.cli.review",
    "sample": "casemgr.cli.sample",
    "self-check": "casemgr.cli.selfcheck",
    "targets": "casemgr.cli.targets",
    "tasks": "casemgr.cli.tasks",
    "training": "casemgr.cli.training",
}
"""Each module defines a click command or group named `command`; it is imported when it is asked for."""

STANDARD_INPUT = "-"
DEFAULT_LANGUAGE = next(iter(i18n.LANGUAGES))

teach_click()


@dataclass
class Session:
    """What every command shares: which file, and how to open it."""

    file: Path | None
    passphrase_file: str | None
    language: str
    _passphrase: str | None = None

    def path(self) -> Path:
        """The case file named by --file; a clear refusal when none was."""
        if self.file is None:
            raise click.UsageError(_("Name the case file with --file PATH."))
        return self.file

    def passphrase(self) -> str:
        """The passphrase from --passphrase-file ("-" is standard input), without the line end; read once."""
        if self._passphrase is None:
            if self.passphrase_file is None:
                raise click.UsageError(
                    _("Name a file with the passphrase: --passphrase-file PATH (“-” is standard input).")
                )
            if self.passphrase_file == STANDARD_INPUT:
                text = sys.stdin.readline()
            else:
                try:
                    text = Path(self.passphrase_file).read_text(encoding="utf-8-sig")
                except (OSError, UnicodeDecodeError) as error:
                    raise click.UsageError(
                        _("The passphrase file {file} cannot be read.").format(file=self.passphrase_file)
                    ) from error
            self._passphrase = text.split("\n", 1)[0].rstrip("\r")
            if not self._passphrase:
                raise click.UsageError(_("The passphrase file is empty: its first line is the passphrase."))
        return self._passphrase

    @contextmanager
    def workspace(self) -> Iterator["Workspace"]:
        """The case file, open for the length of one command."""
        from casemgr.workspace import Workspace

        workspace = Workspace.open(self.path(), passphrase=self.passphrase())
        try:
            yield workspace
        finally:
            workspace.close()


class Commands(Group):
    """The top level: groups are imported when named, expected failures end with a sentence and exit code 1."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        # Before click reads a word: help and refusals speak the chosen language wherever --language stands.
        named = re.findall(r"^--language[=\n](\w+)$", "\n".join(args), re.MULTILINE)
        i18n.choose(named[-1] if named and named[-1] in i18n.LANGUAGES else DEFAULT_LANGUAGE)
        return super().parse_args(ctx, args)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(GROUPS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        module = GROUPS.get(cmd_name)
        if module is None:
            return None
        command: click.Command = import_module(module).command
        return command

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except AppError as error:
            click.echo(str(error), err=True)
            ctx.exit(1)


@click.group(
    "casemgr",
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"]},
    help=N_(
        "Case management for the social workers of a commune office.\n\n"
        "Exit code 0: done; 1: refused, with the reason; 2: the command was not understood."
    ),
)
@click.option("--file", type=click.Path(path_type=Path, dir_okay=False), help=N_("The case file (*.casemgr)."))
@click.option(
    "--passphrase-file", metavar="PATH", help=N_("File whose first line is the passphrase; - is standard input.")
)
@click.option(
    "--language",
    type=click.Choice(list(i18n.LANGUAGES)),
    default=DEFAULT_LANGUAGE,
    show_default=True,
    is_eager=True,
    help=N_("Language of messages."),
)
@click.pass_context
def main(ctx: click.Context, file: Path | None, passphrase_file: str | None, language: str) -> None:
    """`casemgr`: what every command needs."""
    logs.set_up()
    ctx.obj = Session(file, passphrase_file, language)


def print_json(value: object) -> None:
    """Data on standard output, as UTF-8 whatever the console's own encoding is."""
    data = json.dumps(value, ensure_ascii=False, indent=2) + "\n"
    sys.stdout.buffer.write(data.encode("utf-8"))
    sys.stdout.buffer.flush()


pass_session = click.make_pass_decorator(Session)
