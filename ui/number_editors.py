"""Sums and counts as fields: empty is nothing, a sum gets its dots once it is typed."""

from typing import Final

from ui.editors import NumberEditor

MOST: Final = 100_000_000_000_000


class MoneyEditor(NumberEditor):
    """A sum in đồng, with dots between thousands once it is typed; empty is nothing."""

    def __init__(self) -> None:
        super().__init__(most=MOST)
        self.widget.editingFinished.connect(self._tidy)

    def value(self) -> int | None:
        """The sum."""
        return super().value() if self.widget.text().strip() else 0

    def set_value(self, value: int | None) -> None:
        """Show a sum."""
        self.widget.setText(f"{value:,}".replace(",", ".") if value else "")

    def _tidy(self) -> None:
        if not self.problem():
            self.set_value(self.value())


class CountEditor(NumberEditor):
    """A whole number; empty is nothing."""

    def value(self) -> int | None:
        """The number."""
        return super().value() if self.widget.text().strip() else 0

    def set_value(self, value: int | None) -> None:
        """Show a number."""
        self.widget.setText(str(value) if value else "")
