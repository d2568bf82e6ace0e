"""`casemgr self-check FOLDER`: proves that this installation is whole, with a case file of invented people."""

import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

import click

from casemgr import i18n
from casemgr.cli.help import Command
from casemgr.errors import AppError, StorageError
from casemgr.i18n import N_, _, ngettext

if TYPE_CHECKING:
    from casemgr.domain.certificates import CertificateContent

log = logging.getLogger(__name__)

COMMUNE = "28901"
OPENING_WORDS = "sáu con trâu gặm cỏ ven sông"
"""Open nothing but the file made here."""
HEAD = "Nguyễn Thị Ngưỡng"
BORN = "1956-03"


class _WrongError(AppError):
    """What was found is not what should be there."""


@dataclass(frozen=True)
class Step:
    """One thing that must work."""

    name: str
    run: Callable[[Path], str]
    """Returns what was seen, for the line that is printed."""


def _expect(found: object, wanted: object) -> None:
    if found != wanted:
        raise _WrongError(_("Found {found}, expected {wanted}.").format(found=found, wanted=wanted))


def _case_file(folder: Path) -> Path:
    return folder / "self-check.casemgr"


def _migrate(folder: Path) -> str:
    from casemgr.persistence import schema
    from casemgr.persistence.engine import close, open_engine

    engine = open_engine(folder / "revisions.casemgr", secrets.token_bytes(32), create=True)
    try:
        schema.create_by_revisions(engine)
        schema.require_current(engine)
    finally:
        close(engine)
    return str(schema.CURRENT)


def _write(folder: Path) -> str:
    from casemgr.domain.dates import PartialDate
    from casemgr.domain.households import HouseholdData
    from casemgr.domain.offices import Area, HamletData, UserData
    from casemgr.domain.people import PersonData, Relation
    from casemgr.services import households, members, offices
    from casemgr.workspace import Workspace

    workspace, _code = Workspace.create(
        _case_file(folder),
        offices.default_office(COMMUNE, sample=True),
        user=UserData("canbo", "Lê Văn Kiểm"),
        passphrase=OPENING_WORDS,
    )
    try:
        hamlet = workspace.write(offices.add_hamlet, HamletData("Ấp", "Phú Nhơn", Area.RURAL))
        head = members.NewMember(PersonData(HEAD, birth=PartialDate.from_iso(BORN)), Relation.HEAD)
        household = workspace.write(households.open_household, HouseholdData(hamlet), [head])
        return workspace.read(households.view, household).code
    finally:
        workspace.close()


def _read(folder: Path) -> str:
    from casemgr.services import households
    from casemgr.workspace import Workspace

    raw = _case_file(folder).read_bytes()
    if raw.startswith(b"SQLite format 3") or HEAD.encode() in raw:
        raise _WrongError(_("The case file is not encrypted."))
    workspace = Workspace.open(_case_file(folder), passphrase=OPENING_WORDS)
    try:
        found = workspace.read(households.find, households.HouseholdQuery(text="nguyen thi nguong"))
        _expect(len(found), 1)
        view = workspace.read(households.view, found[0])
    finally:
        workspace.close()
    (member,) = view.members
    _expect(member.person.full_name, HEAD)
    _expect(member.person.birth.iso if member.person.birth else None, BORN)
    return view.code


def _translate(_folder: Path) -> str:
    words = []
    for language, wanted in (("vi", "Hộ nghèo"), ("en", "Poor household")):
        with i18n.using(language):
            word = _("Poor household")
        _expect(word, wanted)
        words.append(word)
    return ", ".join(words)


def _format(_folder: Path) -> str:
    _expect(i18n.format_date(date(2026, 3, 5)), "05/03/2026")
    with i18n.using("vi"):
        _expect(i18n.format_money(1_500_000), "1.500.000 đồng")
    return i18n.format_moment(datetime.now(UTC))


def _certificate() -> "CertificateContent":
    from casemgr.domain.certificates import CertificateContent, MemberLine, YearBlock, number_text, qr_text
    from casemgr.domain.households import HouseholdClass
    from casemgr.domain.templates import CERTIFICATE, fill, shipped

    version, symbol, day = shipped(CERTIFICATE)[-1], "GCN-HN.HCN", date(2026, 3, 5)
    number = number_text(5, symbol)
    return CertificateContent(
        template=version.id,
        wording=fill(version.wording, {"commune": "xã Hưng Khánh Trung", "unit": "xã"}),
        parent_line="",
        agency_lines=("ỦY BAN NHÂN DÂN", "XÃ HƯNG KHÁNH TRUNG"),
        symbol=symbol,
        number=number,
        place_line="Hưng Khánh Trung, ngày 05 tháng 3 năm 2026",
        head_name=HEAD,
        head_ethnic="Kinh",
        id_number="",
        id_issued_on="",
        residence="Ấp Phú Nhơn, xã Hưng Khánh Trung, tỉnh Vĩnh Long",
        members=(MemberLine(HEAD, "Kinh", "Chủ hộ", BORN[:4], "female"),),
        blocks=(YearBlock(day.year, HouseholdClass.POOR, (1, 9), day, ("CHỦ TỊCH",), "Đỗ Hoàng Phương"),),
        slots=version.slots,
        member_rows=version.member_rows,
        qr=qr_text(UUID(int=1), number, day.year),
        sample=True,
    )


def _draw(folder: Path) -> str:
    import pypdfium2

    from casemgr.reports.certificate import render_certificate

    file = folder / "certificate.pdf"
    file.write_bytes(render_certificate(_certificate()))
    document = pypdfium2.PdfDocument(file)
    try:
        text = "".join(page.get_textpage().get_text_range() for page in document)
        pages = len(document)
        document[0].render(scale=1).to_pil()
    finally:
        document.close()
    for words in (HEAD, "GIẤY CHỨNG NHẬN HỘ NGHÈO, HỘ CẬN NGHÈO"):
        if words not in text:
            raise _WrongError(_("“{words}” is missing on the paper.").format(words=words))
    return ngettext("{count} page", "{count} pages", pages).format(count=pages)


STEPS = (
    Step(N_("upgrading a case file"), _migrate),
    Step(N_("making a case file and writing to it"), _write),
    Step(N_("opening it and reading from it"), _read),
    Step(N_("translating"), _translate),
    Step(N_("writing dates and money"), _format),
    Step(N_("drawing a certificate"), _draw),
)


def _own_folder(parent: Path) -> Path:
    """A new folder for this run, so that nothing of anybody's is touched; it stays for a look."""
    folder = parent / f"casemgr-{datetime.now().astimezone():%Y%m%d-%H%M%S}-{secrets.token_hex(2)}"
    try:
        folder.mkdir(parents=True)
    except OSError as error:
        raise StorageError(
            _("The folder {folder} cannot be made. Name one you may write in.").format(folder=folder)
        ) from error
    return folder


@click.command("self-check", cls=Command, help=N_("Check this installation with a new case file below FOLDER."))
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.pass_context
def command(ctx: click.Context, folder: Path) -> None:
    """`casemgr self-check`."""
    own, failed = _own_folder(folder), 0
    for step in STEPS:
        try:
            seen = step.run(own)
        except Exception as error:
            # Whatever a broken installation raises is a finding, not a reason to stop looking.
            log.exception("self-check failed: %s", step.name)
            failed += 1
            told = str(error) if isinstance(error, AppError) else f"{type(error).__name__}: {error}"
            click.echo(_("failed: {step}: {reason}").format(step=_(step.name), reason=told), err=True)
        else:
            click.echo(_("good: {step} ({seen})").format(step=_(step.name), seen=seen))
    if failed:
        ctx.exit(1)
    click.echo(_("This installation is whole."))
