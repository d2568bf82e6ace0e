"""`casemgr sample`: make a case file of invented households, for trying out and for measuring."""

import click

from casemgr.cli import Session, pass_session, print_json
from casemgr.cli.help import Command
from casemgr.i18n import N_, _
from casemgr.jobs import Progress

SAMPLE_COMMUNE = "28901"


@click.command(
    "sample", cls=Command, help=N_("Make a new case file filled with invented people; every paper of it says so.")
)
@click.option("--households", type=click.IntRange(1, 1_000_000), required=True, help=N_("How many households to make."))
@click.option("--seed", type=int, default=1, show_default=True, help=N_("The same seed makes the same households."))
@click.option("--commune", default=SAMPLE_COMMUNE, show_default=True, help=N_("Code of the commune."))
@click.option("--login", default="canbo", show_default=True, help=N_("Login name of the first user."))
@click.option("--json", "as_json", is_flag=True, help=N_("Print JSON."))
@pass_session
def command(session: Session, households: int, seed: int, commune: str, login: str, as_json: bool) -> None:
    """`casemgr sample`."""
    from casemgr.domain.offices import SignatoryData, UserData
    from casemgr.services import offices
    from casemgr.services.founding import discard
    from casemgr.services.samples import make_sample
    from casemgr.workspace import Workspace

    office = offices.default_office(commune, sample=True)
    workspace, code = Workspace.create(
        session.path(), office, user=UserData(login, login), passphrase=session.passphrase()
    )
    try:
        workspace.write(offices.add_signatory, SignatoryData("Trần Văn Mẫu", ("CHỦ TỊCH",)))
        made = workspace.write(make_sample, households=households, seed=seed, progress=_watched())
    except BaseException:
        discard(workspace)
        raise
    workspace.close()
    if as_json:
        print_json(
            {
                "file": str(session.path()),
                "households": made.households,
                "people": made.people,
                "hamlets": made.hamlets,
                "recovery": code.text,
            }
        )
        return
    click.echo(
        _("Sample made: {file} with {households} households, {people} people.").format(
            file=session.path(), households=made.households, people=made.people
        )
    )


def _watched() -> Progress:
    """Tenths on standard error."""
    told: set[int] = set()

    def tell(done: int, total: int, message: str) -> None:
        tenth = done * 10 // total
        if tenth not in told:
            told.add(tenth)
            click.echo(f"{message}: {done}/{total}", err=True)

    return tell
