"""Area types that decide shares and travel money, and how papers call them."""

from typing import Final

from casemgr.i18n import N_

HARD: Final = "hard"
DIFFICULT: Final = "difficult"
OTHER: Final = "other"

AREAS: Final = (HARD, DIFFICULT, OTHER)
AREA_LABELS: Final = {
    HARD: N_("Especially difficult area"),
    DIFFICULT: N_("Difficult area"),
    OTHER: N_("Other area"),
}
AREAS_ON_PAPER: Final = {HARD: "Đặc biệt khó khăn", DIFFICULT: "Khó khăn", OTHER: "Khác"}
