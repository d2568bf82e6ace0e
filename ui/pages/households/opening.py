"""How the parts of a household's page open a form in place of its cards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ui.form_pane import FormPane, Submit
    from ui.forms import Field


class OpenForm(Protocol):
    """How the page opens a form in place of its cards; None when one stays in another form."""

    def __call__(
        self,
        title: Callable[[], str],
        fields: Sequence[Field],
        submit: Submit,
        values: object,
        *,
        name: str,
        alone: bool = False,
    ) -> FormPane | None:
        """Open it."""
