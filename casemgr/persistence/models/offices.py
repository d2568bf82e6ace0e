"""Records of the office: itself, its hamlets, signatories, users, devices and number series."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped

from casemgr.persistence.base import STRICT, Record, derived


class Office(Record):
    """The one office this file belongs to."""

    __tablename__ = "office"

    commune_name: Mapped[str]
    province_code: Mapped[str]
    province_name: Mapped[str]
    agency_lines: Mapped[tuple[str, ...]]
    place_name: Mapped[str]
    certificate_symbol: Mapped[str]
    sample: Mapped[bool]


class Hamlet(Record):
    """A thôn, ấp, khu phố; `name_key` is the folded name it is matched by."""

    __tablename__ = "hamlet"
    __table_args__ = (UniqueConstraint("commune", "kind", "name"), STRICT)

    kind: Mapped[str]
    name: Mapped[str]
    name_key: Mapped[str] = derived()
    area: Mapped[str]
    active: Mapped[bool]


class Signatory(Record):
    """Somebody who signs papers."""

    __tablename__ = "signatory"

    name: Mapped[str]
    title_lines: Mapped[tuple[str, ...]]
    active: Mapped[bool]


class User(Record):
    """Somebody who signs in; the key slot of the same login lies in the key file."""

    __tablename__ = "user"
    __table_args__ = (UniqueConstraint("login"), STRICT)

    login: Mapped[str]
    name: Mapped[str]
    role: Mapped[str]
    active: Mapped[bool]


class Device(Record):
    """A computer that wrote to this file."""

    __tablename__ = "device"

    label: Mapped[str]
    first_seen: Mapped[datetime]


class Setting(Record):
    """An office-level setting: `value` is JSON text."""

    __tablename__ = "setting"
    __table_args__ = (UniqueConstraint("commune", "key"), STRICT)

    key: Mapped[str]
    value: Mapped[str]


class NumberSeries(Record):
    """The last number given out, per kind of paper and year; numbers run from 1 each year (NĐ 30/2020 Đ.15)."""

    __tablename__ = "number_series"
    __table_args__ = (UniqueConstraint("commune", "kind", "year"), STRICT)

    kind: Mapped[str]
    year: Mapped[int]
    last: Mapped[int]


class Template(Record):
    """One version of the office's own wording of a paper; `body` is JSON text, the newest in force wins."""

    __tablename__ = "template"
    __table_args__ = (Index(None, "key", "number"), STRICT)

    key: Mapped[str]
    number: Mapped[int]
    title: Mapped[str]
    body: Mapped[str]
    valid_from: Mapped[str]
    based_on: Mapped[UUID | None]
