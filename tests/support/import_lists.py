"""Rows of a list of households, and planning and applying its import."""

from typing import Any

from casemgr.domain.imports import ImportedList
from casemgr.services import households, imports
from casemgr.services.households import HouseholdQuery, HouseholdView
from casemgr.services.imports import ImportChoices, ImportPlan
from casemgr.workspace import Workspace

TITLES = ["STT", "Họ và tên", "Quan hệ với chủ hộ", "Ngày sinh", "Giới tính", "Số CCCD", "Dân tộc", "Ấp", "Loại hộ",
          "Điểm B1", "Điểm B2", "SĐT", "Ghi chú"]  # fmt: skip


HEAD: list[Any] = [1, "Nguyễn Thị Ngưỡng", "Chủ hộ", "05/03/1960", "Nữ", "083160001234", "Kinh", "Ấp Phú Nhơn",
                   "Hộ nghèo", 120, 30, "0912345678", None]  # fmt: skip


SON: list[Any] = [None, "Trần Văn Út", "Con", "05/03/1985", "Nam", "083085004321", "Kinh", *[None] * 6]


OTHER: list[Any] = [
    2,
    "Kim Văn Tám",
    "Chủ hộ",
    "1958",
    "Nam",
    None,
    "Khmer",
    "Quân An",
    "HCN",
    145,
    10,
    None,
    "neo đơn",
]


def changed(row: list[Any], **values: Any) -> list[Any]:
    """The row with other cells, by title."""
    return [values.get(title.replace(" ", "_"), cell) for title, cell in zip(TITLES, row, strict=True)]


def plan(workspace: Workspace, imported: ImportedList, **choices: Any) -> ImportPlan:
    return workspace.read(imports.plan, imported, ImportChoices(**choices))


def apply(workspace: Workspace, imported: ImportedList, **choices: Any) -> imports.ImportResult:
    return workspace.write(imports.apply, imported, ImportChoices(**choices))


def everyone(workspace: Workspace) -> list[HouseholdView]:
    ids = workspace.read(households.find, HouseholdQuery(order="code"))
    return [workspace.read(households.view, one) for one in ids]
