"""`casemgr check`: whether the case file is whole."""

import click

from casemgr.cli import Session, pass_session, print_json
from casemgr.cli.help import Command
from casemgr.i18n import N_, _


@click.command(
    "check",
    cls=Command,
    help=N_("Check seals, references, journal, search index and frozen papers; exit code 1 when something is wrong."),
)
@click.option("--json", "as_json", is_flag=True, help=N_("Print JSON."))
@click.pass_context
@pass_session
def command(session: Session, ctx: click.Context, as_json: bool) -> None:
    """`casemgr check`."""
    from casemgr.services.checks import check

    with session.workspace() as workspace:
        findings = check(workspace)
    if as_json:
        print_json(
            {
                "good": all(finding.good for finding in findings),
                "checks": [
                    {"code": finding.code, "good": finding.good, "problems": list(finding.problems)}
                    for finding in findings
                ],
            }
        )
    else:
        for finding in findings:
            line = _("good: {check}") if finding.good else _("WRONG: {check}")
            click.echo(line.format(check=finding.label))
            for problem in finding.problems:
                click.echo(f"  {problem}")
    if not all(finding.good for finding in findings):
        ctx.exit(1)
