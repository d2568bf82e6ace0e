"""Accounts: who may open the file, one's own passphrase, and a new recovery code with its sheet."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from casemgr.domain.offices import UserData
from casemgr.domain.permissions import ROLE_LABELS, Permission, Role
from casemgr.errors import AppError, Problem, ValidationError
from casemgr.i18n import N_, _, format_date
from casemgr.services import accounts, founding, offices
from ui.editors import ChoiceEditor, LineEditor, labelled
from ui.form_pane import FormPane
from ui.forms import Field
from ui.icons import icon
from ui.models.rows import Column, RowsModel
from ui.office import passphrase
from ui.office.sheet import RecoverySheet
from ui.pages.settings.pane import Pane
from ui.questions import Answer, ask
from ui.theme import spaced
from ui.widgets.card import Card
from ui.widgets.chips import FlowLayout
from ui.widgets.list_table import ListTable
from ui.widgets.message_bar import Notice

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from casemgr.jobs import Progress
    from casemgr.services.accounts import NewRecovery
    from ui.desk import Desk
    from ui.forms import Form
    from ui.jobs import Job

NEW_FIELDS: Final = (
    Field("name", N_("Full &name"), LineEditor, required=True),
    Field("login", N_("&Login name"), LineEditor, required=True),
    Field("role", N_("&Role"), lambda: ChoiceEditor(labelled(ROLE_LABELS)), required=True),
    *passphrase.FIELDS,
)
RESET_FIELDS: Final = passphrase.FIELDS
OWN_FIELDS: Final = (
    Field("old", N_("&Present passphrase"), passphrase.PassphraseEditor, required=True),
    *passphrase.FIELDS,
)


@dataclass(frozen=True)
class _Sheet:
    new: NewRecovery
    content: bytes


class AccountsTopic(Pane):
    """The list of accounts, and the three things done with keys."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.setObjectName("settingsAccounts")
        self._users: dict[str, UserData] = {}
        self._pending: NewRecovery | None = None
        self.about, self.recovery_told = QLabel(), QLabel()
        for label in (self.about, self.recovery_told):
            label.setProperty("class", "soft")
            label.setWordWrap(True)
        self.recovery_told.setObjectName("recoveryTold")
        self.add, self.close_button, self.reset = QPushButton(), QPushButton(), QPushButton()
        self.own, self.code = QPushButton(), QPushButton()
        for name, button, picture, act in (
            ("accountAdd", self.add, "user-plus", self._on_add),
            ("accountClose", self.close_button, "user-minus", self._on_close),
            ("accountReset", self.reset, "arrow-counter-clockwise", self._on_reset),
            ("accountOwn", self.own, "key", self._on_own),
            ("accountCode", self.code, "lock-key", self._on_code),
        ):
            button.setObjectName(name)
            button.setIcon(icon(picture))
            button.clicked.connect(act)
        self.model: RowsModel[str, UserData] = RowsModel(
            (
                Column("name", N_("Full name"), lambda user: user.name, width=200),
                Column("login", N_("Login name"), lambda user: user.login, width=130),
                Column("role", N_("Role"), lambda user: _(ROLE_LABELS[Role(user.role)]), width=130),
            ),
            self._rows,
        )
        self.table = ListTable(self.model, name="accountTable")
        self.table.current_changed.connect(lambda _row: self._enable())
        self.new_form = self._form(lambda: _("A new account"), NEW_FIELDS, self._submit_new, "account")
        self.own_form = self._form(lambda: _("My passphrase"), OWN_FIELDS, self._submit_own, "own")
        self.reset_form = self._form(self._reset_title, RESET_FIELDS, self._submit_reset, "reset")
        self._build()
        self.retranslate()
        self.refresh()

    def _build(self) -> None:
        buttons = FlowLayout()
        for button in (self.add, self.reset, self.close_button, self.own, self.code):
            buttons.addWidget(button)
        front = QWidget()
        column = QVBoxLayout(front)
        spaced(column, spacing=10)
        column.addWidget(self.about)
        column.addLayout(buttons)
        column.addWidget(self.recovery_told)
        column.addWidget(self.table, 1)
        self.sheet = RecoverySheet(self.desk.jobs)
        self.sheet.confirmed.connect(self._on_accept)
        self.accept, self.reject = QPushButton(), QPushButton()
        self.accept.setObjectName("codeAccept")
        self.accept.setProperty("class", "primary")
        self.accept.clicked.connect(self._on_accept)
        self.reject.setObjectName("codeReject")
        self.reject.clicked.connect(self._on_reject)
        verbs = QHBoxLayout()
        spaced(verbs, spacing=8)
        verbs.addStretch()
        verbs.addWidget(self.reject)
        verbs.addWidget(self.accept)
        self.code_card = Card(lambda: _("A new recovery code"))
        self.code_card.add(self.sheet, 1)
        self.code_card.add(verbs)
        self.stack = QStackedWidget()
        for widget in (front, self.new_form, self.own_form, self.reset_form, self.code_card):
            self.stack.addWidget(widget)
        layout = QVBoxLayout(self)
        spaced(layout)
        layout.addWidget(self.stack)

    def _form(
        self, title: Callable[[], str], fields: Sequence[Field], submit: Callable[[Form], Job], name: str
    ) -> FormPane:
        pane = FormPane(title, fields, submit, name=name, columns=1)
        pane.closed.connect(self._show_list)
        pane.saved.connect(lambda _result: self._show_list())
        state = QLabel()
        state.setObjectName(f"{name}State")
        state.setWordWrap(True)
        pane.card.body.insertWidget(0, state)
        pane.form.changed.connect(partial(self._say_state, pane, state))
        return pane

    # ---- what the page asks

    def refresh(self) -> None:
        """Read the accounts again."""
        workspace = self.desk.workspace
        self._users = {user.login: user for user in workspace.read(offices.users)}
        row = self.table.current()
        self.model.set_ids(list(self._users))
        self.table.go(max(0, row))
        seen = workspace.read(founding.recovery_sheet_seen)
        self.recovery_told.setProperty("class", "soft" if seen else "problem")
        self.recovery_told.style().unpolish(self.recovery_told)
        self.recovery_told.style().polish(self.recovery_told)
        self.recovery_told.setText(
            _("The recovery sheet in force was printed on {date}.").format(date=format_date(seen))
            if seen
            else _("Nobody confirmed that a recovery sheet was printed. Make a new recovery code and print its sheet.")
        )
        self._enable()

    def may_leave(self) -> bool:
        """Ask about what was typed; a new code that is not accepted is forgotten."""
        shown = self.stack.currentWidget()
        if isinstance(shown, FormPane):
            return shown.may_leave()
        if shown is self.code_card:
            self._on_reject()
        return True

    def retranslate(self) -> None:
        """Say the words again."""
        self.about.setText(
            _(
                "Each person has an own passphrase. Closing an account takes its key away; "
                "copies and backups made earlier still open with the old passphrase."
            )
        )
        for button, words in (
            (self.add, _("Add an account…")),
            (self.close_button, _("Close the account…")),
            (self.reset, _("New passphrase for the account…")),
            (self.own, _("Change my passphrase…")),
            (self.code, _("New recovery code…")),
            (self.accept, _("Use the new code")),
            (self.reject, _("Keep the old code")),
        ):
            button.setText(words)
            button.setAccessibleName(words)
        self.table.setAccessibleName(_("Accounts"))

    # ---- accounts

    def _rows(self, ids: Sequence[str]) -> list[UserData]:
        return [self._users[login] for login in ids]

    def _chosen(self) -> str | None:
        row = self.table.current()
        return self.model.ids[row] if 0 <= row < len(self.model.ids) else None

    def _enable(self) -> None:
        users = self.desk.may(Permission.USERS)
        self.add.setEnabled(users)
        self.code.setEnabled(users)
        self.own.setEnabled(not self.desk.workspace.read_only)
        self.reset.setEnabled(users and self._chosen() is not None)
        self.close_button.setEnabled(users and self._chosen() not in (None, self.desk.workspace.actor.login))

    def _on_add(self) -> None:
        self._show_form(self.new_form, {"name": "", "login": "", "role": Role.OFFICER, "passphrase": "", "again": ""})

    def _on_own(self) -> None:
        self._show_form(self.own_form, {"old": "", "passphrase": "", "again": ""})

    def _on_reset(self) -> None:
        self._show_form(self.reset_form, {"passphrase": "", "again": ""})

    def _reset_title(self) -> str:
        return _("A new passphrase for who forgot the old one")

    def _show_form(self, pane: FormPane, values: dict[str, Any]) -> None:
        self.stack.setCurrentWidget(pane)
        pane.begin(values)
        pane.form.changed.emit()

    def _show_list(self) -> None:
        for pane in (self.new_form, self.own_form, self.reset_form):
            pane.form.load(dict.fromkeys(pane.form.values(), ""))  # no passphrase stays in a hidden form
        self.stack.setCurrentIndex(0)
        self.refresh()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say_state(self, pane: FormPane, label: QLabel) -> None:
        text, tone = passphrase.state(pane.form, self._login(pane))
        label.setText(text)
        label.setProperty("class", tone)
        label.style().unpolish(label)
        label.style().polish(label)

    def _login(self, pane: FormPane) -> str:
        if pane is self.new_form:
            return str(pane.form.value("login") or "")
        return (self._chosen() or "") if pane is self.reset_form else self.desk.workspace.actor.login

    def _submit_new(self, form: Form) -> Job:
        data = UserData(form.value("login"), form.value("name"), str(form.value("role")))
        secret = form.value("passphrase")
        differ = passphrase.problems(form, data.login)
        workspace = self.desk.workspace

        def work(progress: Progress) -> None:
            _refuse(differ)
            accounts.add_account(workspace, data, secret)

        job = self.desk.jobs.start(work)
        job.succeeded.connect(
            lambda _nothing: self._tell(_("The account is made. Hand the passphrase over in person."))
        )
        return job

    def _submit_own(self, form: Form) -> Job:
        old, secret = form.value("old"), form.value("passphrase")
        workspace = self.desk.workspace
        differ = passphrase.problems(form, workspace.actor.login)

        def work(progress: Progress) -> None:
            _refuse(differ)
            accounts.change_passphrase(workspace, old, secret)

        job = self.desk.jobs.start(work)
        job.succeeded.connect(lambda _nothing: self._tell(_("Your passphrase is changed.")))
        return job

    def _submit_reset(self, form: Form) -> Job:
        login, secret = self._chosen() or "", form.value("passphrase")
        workspace = self.desk.workspace
        differ = passphrase.problems(form, login)

        def work(progress: Progress) -> None:
            _refuse(differ)
            accounts.reset_passphrase(workspace, login, secret)

        job = self.desk.jobs.start(work)
        job.succeeded.connect(
            lambda _nothing: self._tell(_("The account has a new passphrase. Hand it over in person."))
        )
        return job

    def make_new_code(self) -> None:
        """Begin a new recovery code at once: the one in force was used."""
        if self.code.isEnabled():
            self._on_code()

    def _on_close(self) -> None:
        login = self._chosen()
        if login is None:
            return
        answer = ask(
            self,
            _("Close the account"),
            _(
                "{person} can no longer open this file. Copies and backups made earlier still open with the old "
                "passphrase. What the person did stays in the history."
            ).format(person=self._users[login].name),
            (Answer("keep", _("Keep the account")), Answer("close", _("Close the account"), "primary")),
        )
        if answer != "close":
            return
        workspace = self.desk.workspace

        def work(progress: Progress) -> None:
            accounts.close_account(workspace, login)

        job = self.desk.jobs.start(work)
        job.succeeded.connect(lambda _nothing: self._tell(_("The account is closed.")))
        job.catch(AppError, lambda error: self.said.emit(Notice(str(error), "poor")))
        job.finished.connect(self.refresh)

    # ---- the recovery code

    def _on_code(self) -> None:
        workspace = self.desk.workspace
        today = datetime.date.today()  # noqa: DTZ011 - the person's own day

        def work(progress: Progress) -> _Sheet:
            from casemgr.reports.recovery import render_recovery_sheet

            new = accounts.prepare_recovery(workspace)
            return _Sheet(new, render_recovery_sheet(new.code, workspace.read(offices.office), made_on=today))

        job = self.desk.jobs.start(work, done=self._on_prepared)
        job.catch(AppError, lambda error: self.said.emit(Notice(str(error), "poor")))

    def _on_prepared(self, made: _Sheet) -> None:
        self._pending = made.new
        self.stack.setCurrentWidget(self.code_card)
        self.sheet.show_sheet(made.new.code, made.content)

    def _on_accept(self) -> None:
        new = self._pending
        if new is None or not self.sheet.ready:
            self.sheet.say_why_not()
            return
        workspace = self.desk.workspace

        def work(progress: Progress) -> None:
            accounts.accept_recovery(workspace, new)

        job = self.desk.jobs.start(work)
        job.succeeded.connect(lambda _nothing: self._on_accepted())
        job.catch(AppError, lambda error: self.said.emit(Notice(str(error), "poor")))

    def _on_accepted(self) -> None:
        self._on_reject()
        self._tell(_("The new recovery code holds. Destroy both copies of the old sheet."))

    def _on_reject(self) -> None:
        self._pending = None
        self.sheet.forget()
        self._show_list()

    def _tell(self, text: str) -> None:
        self.said.emit(Notice(text, "ok"))


def _refuse(problems: dict[str, str]) -> None:
    if problems:
        raise ValidationError([Problem(name, text) for name, text in problems.items()])
