"""Policy packs: each poverty standard as dated data, shipped with the program or accepted from a signed file."""

import tomllib
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import cache
from itertools import pairwise

from casemgr.assets import resource
from casemgr.domain.offices import Area
from casemgr.domain.pack_parts import (
    AREAS,
    AUTHORITIES,
    BAND_CLASSES,
    CALENDAR,
    DEADLINES,
    DRAFT,
    FIGURES,
    HISTORY,
    IN_FORCE,
    LOCAL,
    NATIONAL,
    RECALLED,
    TERMS,
    UNCERTAIN,
    VERIFIED,
    Anchor,
    Band,
    Deadline,
    Figure,
    Form,
    Formality,
    Indicator,
    LegalLine,
    Mark,
    Pack,
    QuickCheck,
    Score,
    ScoreItem,
    ScoreTable,
    SignedPack,
)
from casemgr.domain.pack_reading import pack_from_content, pack_from_plain
from casemgr.domain.pack_tables import Faults, merged
from casemgr.domain.reviews import CampaignKind
from casemgr.errors import NotFoundError
from casemgr.i18n import _, format_date

__all__ = [
    "AREAS",
    "DRAFT",
    "HISTORY",
    "IN_FORCE",
    "LOCAL",
    "NATIONAL",
    "RECALLED",
    "UNCERTAIN",
    "VERIFIED",
    "Anchor",
    "Band",
    "Deadline",
    "Figure",
    "Form",
    "Formality",
    "Indicator",
    "LegalLine",
    "Mark",
    "Pack",
    "QuickCheck",
    "Score",
    "ScoreItem",
    "ScoreTable",
    "SignedPack",
    "check_bands",
    "check_dates",
    "check_whole",
    "known_codes",
    "local_on",
    "national_on",
    "newest",
    "of_id",
    "pack_from_content",
    "read_pack",
    "shipped",
]


def read_pack(files: Mapping[str, bytes]) -> Pack:
    """The pack in the TOML files of one folder; refused as a whole when anything in it is wrong."""
    faults = Faults()
    tables: dict[str, object] = {}
    for name, data in sorted(files.items()):
        try:
            tables[name] = tomllib.loads(data.decode("utf-8"))
        except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            faults.add(name, _("this is no TOML text: {reason}.").format(reason=error))
    whole = merged(tables, faults)
    faults.refuse()
    pack = pack_from_plain(whole)
    check_bands(pack)
    return pack


@cache
def shipped() -> tuple[Pack, ...]:
    """The packs that come with the program, oldest first."""
    folders = sorted(folder for folder in resource("standards").iterdir() if (folder / "pack.toml").is_file())
    packs = [read_pack({file.name: file.read_bytes() for file in sorted(folder.glob("*.toml"))}) for folder in folders]
    return tuple(sorted(packs, key=lambda pack: (pack.valid_from, pack.id)))


def known_codes(packs: Iterable[Pack] = ()) -> frozenset[str]:
    """Every indicator code of the shipped packs and of `packs`."""
    return _shipped_codes().union(*(pack.codes for pack in packs))


@cache
def _shipped_codes() -> frozenset[str]:
    return frozenset(code for pack in shipped() for code in pack.codes)


def newest(packs: Iterable[Pack]) -> tuple[Pack, ...]:
    """One pack per id, the newest revision, oldest standard first."""
    best: dict[str, Pack] = {}
    for pack in packs:
        if pack.id not in best or pack.revision >= best[pack.id].revision:
            best[pack.id] = pack
    return tuple(sorted(best.values(), key=lambda pack: (pack.scope != NATIONAL, pack.valid_from, pack.id)))


def of_id(packs: Iterable[Pack], pack_id: str) -> Pack:
    """The pack of that id."""
    known = list(packs)
    for pack in known:
        if pack.id == pack_id:
            return pack
    raise NotFoundError(
        _("There is no policy pack {id}. Known: {known}.").format(
            id=pack_id, known=", ".join(pack.id for pack in known)
        )
    )


def national_on(packs: Iterable[Pack], on: date) -> Pack:
    """The national standard of a day."""
    for pack in packs:
        if pack.scope == NATIONAL and pack.covers(on):
            return pack
    raise NotFoundError(
        _("No national poverty standard in this program covers {date}. Import the policy pack of that time.").format(
            date=format_date(on)
        )
    )


def local_on(packs: Iterable[Pack], on: date, province: str) -> Pack | None:
    """The province's own standard of a day beside the national one; None when there is none."""
    for pack in packs:
        if pack.scope == LOCAL and pack.province == province and pack.covers(on):
            return pack
    return None


def check_bands(pack: Pack) -> None:
    """Refuse bands in which more income or fewer deprivations could give a worse class."""
    faults = Faults()
    for place, bands in (("band", pack.bands), ("score.band", pack.score.bands if pack.score else ())):
        for area in Area:
            if not _monotone(bands, area):
                faults.add(
                    place,
                    _("in the {area} area a household with more income or fewer deprivations would be poorer.").format(
                        area=pack.terms[area.value]
                    ),
                )
    for area in Area:
        cut_off = pack.cut_off(area)
        if pack.score is not None and cut_off is not None:
            anchor = pack.score.anchors[area]
            if (anchor.points, anchor.income) != (cut_off, pack.line(area)):
                faults.add(
                    f"score.anchors.{area.value}", _("points and money of the anchor are not those of the bands.")
                )
    faults.refuse()


def _monotone(bands: tuple[Band, ...], area: Area) -> bool:
    most = max((band.min_deprivations for band in bands), default=0)
    edges = sorted({band.upper[area] for band in bands})
    incomes = [*edges, edges[-1] + 1] if edges else []
    grid = [[_rank(bands, area, income, count) for count in range(most + 1)] for income in incomes]
    down = all(row[n] >= row[n + 1] for row in grid for n in range(most))
    right = all(low <= high for row, after in pairwise(grid) for low, high in zip(row, after, strict=True))
    return down and right


def _rank(bands: tuple[Band, ...], area: Area, income: int, count: int) -> int:
    for band in bands:
        if income <= band.upper[area] and count >= band.min_deprivations:
            return BAND_CLASSES.index(band.value)
    return len(BAND_CLASSES)


def check_whole(pack: Pack) -> None:
    """Refuse a national standard to work with that leaves something out; history and local packs may be shorter."""
    if pack.scope != NATIONAL or pack.status == HISTORY:
        return
    faults = Faults()
    if not pack.indicators:
        faults.add("indicator", _("a standard needs its deprivation indicators."))
    for place, wanted, given in (
        ("deadlines", DEADLINES, pack.deadlines),
        ("calendar", CALENDAR, pack.calendar),
        ("authorities", AUTHORITIES, pack.authorities),
        ("procedure", tuple(CampaignKind), pack.procedure),
        ("terms", TERMS, pack.terms),
        ("figures", FIGURES, pack.figures),
    ):
        for key in wanted:
            if key not in given:
                faults.add(f"{place}.{key}", _("this part of a standard is missing."))
    faults.refuse()


def check_dates(packs: Iterable[Pack]) -> None:
    """Refuse national packs that leave a day between them uncovered or cover one twice; local ones may not overlap."""
    faults = Faults()
    groups: dict[tuple[str, str], list[Pack]] = {}
    for pack in packs:
        groups.setdefault((pack.scope, pack.province), []).append(pack)
    for (scope, _province), group in groups.items():
        ordered = sorted(group, key=lambda pack: pack.valid_from)
        for before, after in pairwise(ordered):
            end = before.valid_to
            if end is None or end >= after.valid_from:
                faults.add(
                    f"{after.id}.valid_from",
                    _("{after} begins on {start} while {before} still applies.").format(
                        after=after.id, before=before.id, start=format_date(after.valid_from)
                    ),
                )
            elif scope == NATIONAL and end + timedelta(days=1) != after.valid_from:
                faults.add(
                    f"{after.id}.valid_from",
                    _("no standard would apply from {start} to {end}, between {before} and {after}.").format(
                        start=format_date(end + timedelta(days=1)),
                        end=format_date(after.valid_from - timedelta(days=1)),
                        before=before.id,
                        after=after.id,
                    ),
                )
    faults.refuse()
