"""Use cases of the office: its letterhead, hamlets, signatories and users."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select

from casemgr.domain.offices import (
    HAMLET_KINDS,
    URBAN_KINDS,
    Area,
    HamletData,
    HamletView,
    OfficeData,
    SignatoryData,
    SignatoryView,
    UserData,
)
from casemgr.domain.permissions import Permission, Role
from casemgr.domain.text import clean, place_key, word_sort_key
from casemgr.errors import Problem, ValidationError
from casemgr.i18n import _
from casemgr.persistence.models import Hamlet, HouseholdIndex, Office, Setting, Signatory, User
from casemgr.persistence.uow import UnitOfWork
from casemgr.services.areas import commune as unit_of


def default_office(code: str, *, sample: bool = False) -> OfficeData:
    """The office of a commune as it is usually written (NĐ 30/2020); the officer may correct each line."""
    unit = unit_of(code)
    return OfficeData(
        commune=unit.code,
        commune_name=unit.full_name,
        province_code=unit.province_code,
        province_name=unit.province,
        agency_lines=("ỦY BAN NHÂN DÂN", unit.full_name.upper()),
        place_name=unit.name,
        sample=sample,
    )


def office(uow: UnitOfWork) -> OfficeData:
    """The office this file belongs to."""
    row = _office(uow)
    return OfficeData(
        commune=row.commune,
        commune_name=row.commune_name,
        province_code=row.province_code,
        province_name=row.province_name,
        agency_lines=row.agency_lines,
        place_name=row.place_name,
        certificate_symbol=row.certificate_symbol,
        sample=row.sample,
    )


def correct_letterhead(
    uow: UnitOfWork, *, agency_lines: Sequence[str], place_name: str, certificate_symbol: str
) -> None:
    """Change what stands at the head of every paper from now on; issued papers keep theirs."""
    uow.require(Permission.SETTINGS)
    lines = tuple(line for line in map(clean, agency_lines) if line)
    problems = [
        Problem(name, message)
        for name, value, message in (
            ("agency_lines", lines, _("Write the name of the agency as it stands at the top left of papers.")),
            ("place_name", clean(place_name), _("Write the place name that stands before the date.")),
            (
                "certificate_symbol",
                clean(certificate_symbol),
                _("Write the symbol after the number, such as GCN-HN.HCN."),
            ),
        )
        if not value
    ]
    if problems:
        raise ValidationError(problems)
    row = _office(uow)
    uow.name_step("office.letterhead", row)
    row.agency_lines, row.place_name, row.certificate_symbol = lines, clean(place_name), clean(certificate_symbol)


def hamlets(uow: UnitOfWork, *, active_only: bool = False) -> list[HamletView]:
    """The hamlets in Vietnamese order, each with the number of its households."""
    counts = {
        row.hamlet_id: row.households
        for row in uow.session.execute(
            select(HouseholdIndex.hamlet_id, func.count().label("households"))
            .where(HouseholdIndex.active)
            .group_by(HouseholdIndex.hamlet_id)
        )
    }
    rows = uow.session.scalars(select(Hamlet)).all()
    views = [
        HamletView(
            row.id, row.version, HamletData(row.kind, row.name, Area(row.area)), row.active, counts.get(row.id, 0)
        )
        for row in rows
        if row.active or not active_only
    ]
    return sorted(views, key=lambda view: (not view.active, word_sort_key(view.data.name)))


def hamlet_names(uow: UnitOfWork) -> dict[UUID, str]:
    """Full names by id, for lists."""
    return {
        hamlet: f"{kind} {name}".strip()
        for hamlet, kind, name in uow.session.execute(select(Hamlet.id, Hamlet.kind, Hamlet.name))
    }


def add_hamlet(uow: UnitOfWork, data: HamletData) -> UUID:
    """Add a hamlet; one of the same name (without accents) is refused."""
    uow.require(Permission.SETTINGS)
    record = Hamlet(kind=clean(data.kind), name=_hamlet_name(uow, data, None), area=data.area.value, active=True)
    uow.add(record)
    uow.name_step("hamlet.add", record)
    return record.id


def correct_hamlet(uow: UnitOfWork, hamlet_id: UUID, version: int, data: HamletData, *, active: bool = True) -> None:
    """Correct name, kind or area type; households keep pointing to it."""
    uow.require(Permission.SETTINGS)
    record = uow.record(Hamlet, hamlet_id, version)
    uow.name_step("hamlet.correct", record)
    record.name = _hamlet_name(uow, data, hamlet_id)
    record.kind, record.area, record.active = clean(data.kind), data.area.value, active


def parse_hamlet(text: str, default_area: Area) -> HamletData:
    """Split "Ấp Phú Nhơn" into kind and name; a name without a known kind keeps the whole text as its name."""
    written = clean(text)
    for kind in HAMLET_KINDS:
        if place_key(written).startswith(f"{place_key(kind)} "):
            return HamletData(kind, written[len(kind) :].strip(), Area.URBAN if kind in URBAN_KINDS else default_area)
    return HamletData("", written, default_area)


def find_hamlet(uow: UnitOfWork, text: str) -> UUID | None:
    """The hamlet meant by "Ấp Phú Nhơn", "Phú nhơn" or "A. Phu Nhon"; None when none or several fit."""
    wanted = place_key(text)
    found = [
        hamlet
        for hamlet, kind, key in uow.session.execute(
            select(Hamlet.id, Hamlet.kind, Hamlet.name_key).where(Hamlet.active)
        )
        if wanted in {key, f"{place_key(kind)} {key}", f"{place_key(kind)[:1]}. {key}", f"{place_key(kind)[:1]} {key}"}
    ]
    return found[0] if len(found) == 1 else None


def signatories(uow: UnitOfWork, *, active_only: bool = False) -> list[SignatoryView]:
    """Who signs papers, in the order they were entered."""
    rows = uow.session.scalars(select(Signatory).order_by(Signatory.id)).all()
    return [
        SignatoryView(row.id, row.version, SignatoryData(row.name, row.title_lines, row.active))
        for row in rows
        if row.active or not active_only
    ]


def add_signatory(uow: UnitOfWork, data: SignatoryData) -> UUID:
    """Add somebody who signs."""
    uow.require(Permission.SETTINGS)
    name, lines = _signatory(data)
    record = Signatory(name=name, title_lines=lines, active=data.active)
    uow.add(record)
    uow.name_step("signatory.add", record)
    return record.id


def correct_signatory(uow: UnitOfWork, signatory_id: UUID, version: int, data: SignatoryData) -> None:
    """Correct a signatory; issued papers keep the name they were signed with."""
    uow.require(Permission.SETTINGS)
    record = uow.record(Signatory, signatory_id, version)
    uow.name_step("signatory.correct", record)
    record.name, record.title_lines = _signatory(data)
    record.active = data.active


def users(uow: UnitOfWork) -> list[UserData]:
    """Everybody with an account."""
    return [
        UserData(row.login, row.name, row.role)
        for row in uow.session.scalars(select(User).where(User.active).order_by(User.id))
    ]


def add_user(uow: UnitOfWork, data: UserData) -> UUID:
    """Record an account; the key slot of the same login is added to the key file by the caller."""
    uow.require(Permission.USERS)
    problems = [
        Problem(name, message)
        for name, bad, message in (
            ("login", not clean(data.login) or " " in clean(data.login), _("Write a login name without spaces.")),
            ("name", not clean(data.name), _("Write the person's name.")),
            ("role", data.role not in set(Role), _("Choose a role.")),
        )
        if bad
    ]
    if not problems and uow.session.scalars(select(User.id).where(User.login == clean(data.login))).first():
        problems.append(Problem("login", _("There is already an account with this login name.")))
    if problems:
        raise ValidationError(problems)
    record = User(login=clean(data.login), name=clean(data.name), role=data.role, active=True)
    uow.add(record)
    uow.name_step("user.add", record, undoable=False)
    return record.id


def setting(uow: UnitOfWork, key: str) -> str | None:
    """An office-level setting as JSON text."""
    return uow.session.scalars(select(Setting.value).where(Setting.key == key)).first()


def keep_setting(uow: UnitOfWork, key: str, value: str) -> None:
    """Write an office-level setting."""
    record = uow.session.scalars(select(Setting).where(Setting.key == key)).first()
    if record is None:
        record = Setting(key=key, value=value)
        uow.add(record)
    else:
        record.value = value
    uow.name_step("setting.keep", record, undoable=False)


def _office(uow: UnitOfWork) -> Office:
    return uow.session.scalars(select(Office)).one()


def _hamlet_name(uow: UnitOfWork, data: HamletData, own: UUID | None) -> str:
    name = clean(data.name)
    if not name:
        raise ValidationError([Problem("name", _("Write the name of the hamlet, without its kind."))])
    same = uow.session.scalars(
        select(Hamlet.id).where(Hamlet.name_key == place_key(name), Hamlet.kind == clean(data.kind))
    )
    if set(same) - {own}:
        raise ValidationError(
            [Problem("name", _("There is already a hamlet {name}.").format(name=f"{data.kind} {name}"))]
        )
    return name


def _signatory(data: SignatoryData) -> tuple[str, tuple[str, ...]]:
    name, lines = clean(data.name), tuple(line for line in map(clean, data.title_lines) if line)
    problems = []
    if not name:
        problems.append(Problem("name", _("Write the signatory's full name.")))
    if not 1 <= len(lines) <= 3:
        problems.append(Problem("title_lines", _("Write one to three lines above the signature, such as CHỦ TỊCH.")))
    if problems:
        raise ValidationError(problems)
    return name, lines
