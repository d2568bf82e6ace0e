"""A newer standard from a signed file: who signed it, what it changes field by field, accepted or left."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout

from casemgr.domain.pack_changes import PackChange
from casemgr.i18n import _, format_number, ngettext
from casemgr.services.packs import PackImport
from ui.icons import icon
from ui.models.rows import RowsModel
from ui.pages.standards.columns import CHANGES, scope_words, status_tone, status_words
from ui.pages.standards.pack_detail import why_not_official
from ui.pages.standards.parts import validity
from ui.theme import spaced
from ui.translation import Speaks
from ui.widgets.badge import Badge
from ui.widgets.sentences import SentenceTable, sentence


class ImportPane(Speaks):
    """Nothing is written before `accepted`; Esc leaves the file."""

    accepted = Signal()
    closed = Signal()
    another_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("packImport")
        self._file = ""
        self._found: PackImport | None = None
        self._changes: Sequence[PackChange] = ()
        self._today = date.min
        self._province = ""
        self.title = sentence("packImportTitle", "h3")
        self.state, self.signature = Badge(), Badge()
        self.state.setObjectName("packImportState")
        self.signature.setObjectName("packImportSignature")
        self.about = sentence("packImportAbout", "small")
        self.why = sentence("packImportWhy")
        self.count = sentence("packImportCount", "strong")
        self.model: RowsModel[int, PackChange] = RowsModel(CHANGES, lambda ids: [self._changes[each] for each in ids])
        self.table = SentenceTable(self.model, name="packImportTable")
        self.leave, self.another, self.accept = QPushButton(), QPushButton(), QPushButton()
        head = QHBoxLayout()
        spaced(head, spacing=8)
        head.addWidget(self.title, 1)
        head.addWidget(self.signature, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.state, 0, Qt.AlignmentFlag.AlignTop)
        row = QHBoxLayout()
        spaced(row, spacing=8)
        row.addWidget(self.count, 1)
        for button, name, signal in (
            (self.leave, "packImportLeave", self.closed),
            (self.another, "packImportAnother", self.another_requested),
            (self.accept, "packImportAccept", self.accepted),
        ):
            button.setObjectName(name)
            button.clicked.connect(signal)
            row.addWidget(button)
        self.accept.setProperty("class", "primary")
        self.accept.setIcon(icon("check", "on"))
        layout = QVBoxLayout(self)
        spaced(layout, spacing=6)
        layout.addLayout(head)
        layout.addWidget(self.about)
        layout.addWidget(self.why)
        layout.addWidget(self.table, 1)
        layout.addLayout(row)
        self.retranslate()

    @property
    def found(self) -> PackImport | None:
        """What the file would do."""
        return self._found

    def show_import(self, file: str, found: PackImport, *, today: date, province: str) -> None:
        """Show a file that may be accepted."""
        self._file, self._found, self._changes = file, found, found.changes
        self._today, self._province = today, province
        self.model.set_ids(range(len(found.changes)))
        self.table.go(0)
        self.retranslate()
        self.set_busy(busy=False)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_busy(self, *, busy: bool) -> None:
        """While it is written nothing can be pressed."""
        for button in (self.leave, self.another, self.accept):
            button.setEnabled(not busy)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves, Ctrl+Enter accepts."""
        held = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and held and self.accept.isEnabled():
            self.accepted.emit()
        else:
            super().keyPressEvent(event)

    def retranslate(self) -> None:
        """Say the words again."""
        for button, words in (
            (self.leave, _("Leave it")),
            (self.another, _("Choose another file…")),
            (self.accept, _("Use this standard…")),
        ):
            button.setText(words)
            button.setAccessibleName(words)
        self.table.setAccessibleName(_("What the newer standard changes"))
        found = self._found
        if found is None:
            return
        pack, old = found.signed.pack, found.replaces
        self.title.setText(pack.title)
        self.signature.show_text(_("Signature right: key “{key}”").format(key=found.signed.key), "ok")
        self.state.show_text(status_words(pack, self._today), status_tone(pack, self._today))
        if old is None:
            takes = _("A new standard; none of this id is in the program yet")
        else:
            takes = _("Takes the place of revision {old}; what was decided by it stays as it is").format(
                old=old.revision
            )
        self.about.setText(
            " · ".join(
                (
                    self._file,
                    pack.id,
                    _("revision {number}").format(number=pack.revision),
                    scope_words(pack, self._province),
                    validity(pack),
                    takes,
                )
            )
        )
        why = why_not_official(pack)
        self.why.setText(why)
        self.why.setVisible(bool(why))
        changed = len(found.changes)
        self.count.setText(
            ngettext("{count} field differs", "{count} fields differ", changed).format(count=format_number(changed))
        )
