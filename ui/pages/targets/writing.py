"""What is written down about targets: plan lines, own indicators, the common income; and figures checked."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from casemgr.domain.permissions import Permission
from casemgr.domain.targets import OWN_PREFIX
from casemgr.errors import ValidationError
from casemgr.i18n import ngettext
from casemgr.services import offices, own_indicators, programmes, target_plans
from casemgr.services.targets import Board, Figure
from ui.desk import Desk
from ui.pages.targets.dialogs import FiguresDialog, IncomeDialog, PlanDialog
from ui.pages.targets.own_dialog import OwnIndicatorDialog
from ui.widgets.message_bar import Notice

Shown = Callable[[], tuple[Figure | None, Board | None]]


class TargetWriting(QObject):
    """Asks, writes, and asks again with the reason when it is refused; the page reads anew by itself."""

    copied = Signal()

    def __init__(self, parent: QWidget, desk: Desk, shown: Shown, tell: Callable[[Notice], object]) -> None:
        super().__init__(parent)
        self._parent, self._desk, self._shown, self._tell = parent, desk, shown, tell

    def edit_plan(self) -> None:
        """Write the plan line of the measure shown; a ready-made set keeps its own, the line becomes the office's."""
        figure, board = self._shown()
        if figure is None or board is None or not self._desk.may(Permission.EDIT):
            return
        dialog = PlanDialog(figure, board.set_code, board.day.year, self._parent)
        dialog.accepted.connect(lambda: self._keep_plan(dialog))
        dialog.open()

    def _keep_plan(self, dialog: PlanDialog) -> None:
        job = self._desk.write(target_plans.keep_line, dialog.data())
        job.catch(ValidationError, lambda error: self._again(dialog, error))
        job.succeeded.connect(lambda _id: dialog.deleteLater())

    def _again(self, dialog: PlanDialog | IncomeDialog | OwnIndicatorDialog, error: ValidationError) -> None:
        dialog.refuse(error.problems)
        dialog.open()

    def make_own(self) -> None:
        """Make an indicator from filters."""
        self._own_dialog(None)

    def change_own(self) -> None:
        """Change the office's indicator shown."""
        figure, _board = self._shown()
        if figure is not None and figure.measure.code.startswith(OWN_PREFIX):
            self._own_dialog(figure.measure.code)

    def _own_dialog(self, code: str | None) -> None:
        read = self._desk.workspace.read
        known = next((one for one in read(own_indicators.own_indicators) if one.data.code == code), None)
        places = [(view.id, view.data.full_name) for view in read(offices.hamlets)]
        titles = {one: found.title for one, found in read(programmes.catalogue).programmes.items()}
        dialog = OwnIndicatorDialog(places, titles, known.data if known else None, self._parent)
        dialog.accepted.connect(lambda: self._keep_own(dialog, known))
        dialog.open()

    def _keep_own(self, dialog: OwnIndicatorDialog, known: own_indicators.OwnIndicatorView | None) -> None:
        one, version = (known.id, known.version) if known else (None, None)
        job = self._desk.write(own_indicators.keep_own_indicator, dialog.data(), indicator_id=one, version=version)
        job.catch(ValidationError, lambda error: self._again(dialog, error))
        job.succeeded.connect(lambda _id: dialog.deleteLater())

    def copy_set(self) -> None:
        """Take the lines of the set shown over as the office's own of the year."""
        _figure, board = self._shown()
        if board is not None:
            job = self._desk.write(target_plans.copy_set, board.set_code, board.day.year)
            job.succeeded.connect(self._on_copied)

    def _on_copied(self, count: int) -> None:
        self.copied.emit()
        words = ngettext("{count} plan line taken over.", "{count} plan lines taken over.", count)
        self._tell(Notice(words.format(count=count), "ok"))

    def enter_income(self) -> None:
        """Enter the common income of the year."""
        _figure, board = self._shown()
        if board is None:
            return
        known = self._desk.workspace.read(target_plans.benchmarks)
        dialog = IncomeDialog(board.day.year, known, self._parent)
        dialog.accepted.connect(lambda: self._keep_income(dialog))
        dialog.open()

    def _keep_income(self, dialog: IncomeDialog) -> None:
        job = self._desk.write(target_plans.keep_benchmark, dialog.data())
        job.catch(ValidationError, lambda error: self._again(dialog, error))
        job.succeeded.connect(lambda _none: dialog.deleteLater())

    def check_figures(self) -> None:
        """Work out the percentages of somebody else's report again."""
        dialog = FiguresDialog(self._parent)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
