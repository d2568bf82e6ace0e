"""What a row of a list says of the household: class, scores, places, decision, causes, attributes."""

from datetime import date
from typing import Final

from casemgr.domain.households import HouseholdClass, PolicyFlag
from casemgr.domain.imports import Severity
from casemgr.domain.money import read_money
from casemgr.exchange.addresses import split_address
from casemgr.exchange.cells import plain, read_causes, read_class, read_count, read_flag, read_score, read_scores, words
from casemgr.exchange.people import RowReader

_FLAGS: Final = {
    "minority": PolicyFlag.ETHNIC_MINORITY,
    "no_labour": PolicyFlag.NO_LABOUR,
    "merit": PolicyFlag.MERIT,
    "social_protection": PolicyFlag.SOCIAL_PROTECTION,
}
CLASS_MARKS: Final = {
    "class_poor": HouseholdClass.POOR,
    "class_near_poor": HouseholdClass.NEAR_POOR,
    "class_escaped_poor": HouseholdClass.ESCAPED_POOR,
    "class_escaped_near_poor": HouseholdClass.ESCAPED_NEAR_POOR,
}
"""Columns that mark a class with an x."""


def household_facts(reader: RowReader, fallback: HouseholdClass | None) -> dict[str, object]:
    """What a row says of the household, by field of `ImportedHousehold`; `fallback` is the class of its section."""
    columns = reader.table.columns
    facts: dict[str, object] = _places(reader)
    value = _class_of(reader, fallback)
    if value is not None:
        facts["value"] = value
    facts |= _scores(reader)
    if "household_code" in columns and (code := reader.text("household_code")):
        facts["code"] = code
    if "decision_number" in columns and (number := reader.text("decision_number")):
        facts["decision_number"] = number
    if "decision_date" in columns:
        column, cell = reader.value("decision_date")
        signed = None if cell is None else reader.date("decision_date", column, cell)
        if signed and signed.precision == "day":
            facts["decision_date"] = signed.first_day
    if "members" in columns:
        column, cell = reader.value("members")
        stated = None if cell is None else read_count(cell)
        if stated is not None and stated.rejected:
            reader.note(column, "members", plain(cell), "", stated.rejected, Severity.DOUBT)
        elif stated is not None:
            facts["stated_members"] = stated.value
    if "causes" in columns:
        column, cell = reader.value("causes")
        if cell is not None:
            causes = reader.take("causes", column, cell, read_causes(plain(cell)), "; ".join)
            facts["causes"] = causes or ()
    if "phone" in columns:
        facts["phone"] = reader.phone()
    flags = tuple(flag.value for name, flag in _FLAGS.items() if name in columns and _flag(reader, name))
    if flags:
        facts["flags"] = flags
    return {name: value for name, value in facts.items() if value not in (None, "", ())}


def _flag(reader: RowReader, name: str) -> bool:
    column, cell = reader.value(name)
    marked = None if cell is None else reader.take(name, column, cell, read_flag(cell))
    return bool(marked)


def _places(reader: RowReader) -> dict[str, object]:
    found: dict[str, object] = {}
    rests: list[str] = []
    for name in ("hamlet", "address", "permanent_address"):
        if name not in reader.table.columns:
            continue
        for column, cell in reader.values(name):
            text = words(cell)
            if text in {"-", "--"}:
                continue
            address = split_address(text)
            if address.commune:
                read = f"{address.commune_name} ({address.commune})"
                reader.note(column, name, text, read, "address-elsewhere", Severity.INFO)
                found["commune"] = address.commune
            if name == "permanent_address":
                found[name] = text
                continue
            if name == "hamlet" and not address.hamlet:
                found["hamlet"] = address.rest
            elif address.hamlet:
                found.setdefault("hamlet", address.hamlet)
                rests.append(address.rest)
            else:
                rests.append(address.rest)
    rest = ", ".join(filter(None, rests))
    if rest:
        found["address"] = rest
    return found


def _class_of(reader: RowReader, fallback: HouseholdClass | None) -> HouseholdClass | None:
    columns = reader.table.columns
    marked: list[HouseholdClass] = []
    places: list[int] = []
    for name, value in CLASS_MARKS.items():
        if name in columns:
            column, cell = reader.value(name)
            if cell is None:
                continue
            if reader.take(name, column, cell, read_flag(cell)):
                marked.append(value)
                places.append(column)
    if len(marked) > 1:
        reader.note(places[-1], "class", "", "; ".join(marked), "class-both", Severity.ERROR)
        return None
    if marked:
        return marked[0]
    if "class" in columns:
        column, cell = reader.value("class")
        if cell is not None:
            reading = read_class(words(cell))
            if not reading.empty:
                return reader.take("class", column, cell, reading)
    return fallback


def _scores(reader: RowReader) -> dict[str, object]:
    found: dict[str, object] = {}
    for name in ("b1", "b2"):
        if name not in reader.table.columns:
            continue
        column, cell = reader.value(name)
        if cell is None:
            continue
        both = read_scores(cell) if isinstance(cell, str) and "2" in cell and "b" in cell.lower() else None
        if both and both.value and both.value[1] is not None:
            found["b1"], found["b2"] = both.value
        else:
            score = reader.take(name, column, cell, read_score(cell))
            found[name] = score
    if "score" in reader.table.columns:
        column, cell = reader.value("score")
        if cell is not None:
            pair = reader.take("score", column, cell, read_scores(cell))
            if pair:
                found["b1"], found["b2"] = pair
    return found


def read_amount(reader: RowReader) -> int | None:
    """The amount of the row, for its doubts and the totals; the file has no place for amounts yet."""
    column, cell = reader.value("amount")
    if cell is None or isinstance(cell, (bool, date)):
        return None
    amount = reader.take("amount", column, cell, read_money(cell))
    if amount is not None and ("thousands", column) in reader.table.answered:
        amount *= 1000
        reader.note(column, "amount", plain(cell), str(amount), "unit-thousand", Severity.INFO)
    return amount
