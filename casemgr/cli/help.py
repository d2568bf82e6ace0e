"""Help and refusals of the command line in the chosen language: our own texts, and the words of click."""

from copy import copy

import click

from casemgr.i18n import N_, _

CLICK_WORDS = (
    N_("{name} {filename!r} does not exist."),
    N_("Usage:"),
    N_("Options"),
    N_("Commands"),
    N_("required"),
    N_("default: {default}"),
    N_("Error: {message}"),
    N_("Try '{command} {option}' for help."),
    N_("Aborted!"),
    N_("Missing command."),
    N_("Missing argument"),
    N_("Missing option"),
    N_("Choose from:\n\t{choices}"),
    N_("No such option {name!r}."),
    N_("No such command {name!r}."),
    N_("Did you mean {possibility}?"),
    N_("(Did you mean one of: {possibilities}?)"),
    N_("Got unexpected extra argument ({args})"),
    N_("Got unexpected extra arguments ({args})"),
    N_("Option {name!r} requires an argument."),
    N_("Option {name!r} does not take a value."),
    N_("Invalid value: {message}"),
    N_("Invalid value for {param_hint}: {message}"),
    N_("{value!r} is not one of {choices}."),
    N_("{value!r} is not a valid {number_type}."),
    N_("{value} is not in the range {range}."),
    N_("{value!r} does not match the formats {formats}."),
    N_("{name} {filename!r} is a file."),
    N_("{name} {filename!r} is a directory."),
    N_("{name} {filename!r} is not readable."),
)
"""What click says of its own in our commands, as it asks gettext for it."""


def _counted(singular: str, plural: str, n: int) -> str:
    return _(singular if n == 1 else plural)


def teach_click() -> None:
    """Let click look its words up in our catalogue: each of its modules holds gettext's functions by name."""
    for module in (click.core, click.exceptions, click.formatting, click.parser, click.types):
        names = vars(module)
        names.update({name: ours for name, ours in (("_", _), ("ngettext", _counted)) if name in names})


class Command(click.Command):
    """A command whose help, and that of its options, is marked with `N_` and shown in the chosen language."""

    def _translated(self) -> "Command":
        shown = copy(self)
        shown.help = _(self.help) if self.help else None
        shown.params = [copy(parameter) for parameter in self.params]
        for parameter in shown.params:
            if isinstance(parameter, click.Option) and parameter.help:
                parameter.help = _(parameter.help)
        return shown

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        super(Command, self._translated()).format_help(ctx, formatter)

    def get_short_help_str(self, limit: int = 45) -> str:
        return super(Command, self._translated()).get_short_help_str(limit)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = _("Show this message and exit.")
        return option


class Group(Command, click.Group):
    """A group of such commands."""

    command_class = Command
