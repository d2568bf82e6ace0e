"""The wizard of the first start."""

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from ui.jobs import JobRunner
from ui.translation import Languages
from ui.wizard.window import Wizard


@pytest.fixture
def wizard(qtbot: QtBot, jobs: JobRunner, languages: Languages) -> Iterator[Wizard]:
    made = Wizard(jobs, languages)
    qtbot.addWidget(made, before_close_func=lambda widget: widget._discard())
    made.show()
    yield made
    made._discard()
