"""Sums and counts as fields: empty is nothing, a sum gets its dots once it is typed."""

from typing import Final

from ui.editors import NumberEditor

MOST: Final = 100_000_000_000_000


class SumEditor(NumberEditor):
    """A sum in đồng, with dots between thousands once it is typed; empty is no answer, so a form can ask for it."""

    def __init__(self, *, most: int = MOST) -> None:
        super().__init__(most=most)
        self.widget.editingFinished.connect(self._tidy)

    def set_value(self, value: int | None) -> None:
        """Show a sum."""
        self.widget.setText("" if value is None else f"{value:,}".replace(",", "."))

    def _tidy(self) -> None:
        if not self.problem():
            self.set_value(self.value())


class MoneyEditor(SumEditor):
    """A sum in đồng where empty is nothing at all; a form cannot ask for it."""

    def value(self) -> int | None:
        """The sum."""
        return super().value() if self.widget.text().strip() else 0

    def set_value(self, value: int | None) -> None:
        """Show a sum."""
        super().set_value(value or None)


class CountEditor(NumberEditor):
    """A whole number; empty is nothing."""

    def value(self) -> int | None:
        """The number."""
        return super().value() if self.widget.text().strip() else 0

    def set_value(self, value: int | None) -> None:
        """Show a number."""
        self.widget.setText(str(value) if value else "")
