"""Who may do what: four roles, default deny."""

from enum import StrEnum

from casemgr.i18n import N_


class Permission(StrEnum):
    """One thing a person may be allowed to do."""

    READ = "read"
    EDIT = "edit"
    IMPORT = "import"
    EXPORT = "export"
    ISSUE = "issue"
    BACKUP = "backup"
    SETTINGS = "settings"
    USERS = "users"
    SEE_BALANCES = "see_balances"
    """What people owe the policy bank."""


class Role(StrEnum):
    """What a user is in the office."""

    ADMIN = "admin"
    OFFICER = "officer"
    LEADER = "leader"
    VIEWER = "viewer"


ROLE_LABELS = {
    Role.ADMIN: N_("Administrator"),
    Role.OFFICER: N_("Officer"),
    Role.LEADER: N_("Leader"),
    Role.VIEWER: N_("Viewer"),
}

ALLOWED: dict[Role, frozenset[Permission]] = {
    Role.ADMIN: frozenset(Permission),
    Role.OFFICER: frozenset(Permission) - {Permission.USERS},
    Role.LEADER: frozenset(
        {Permission.READ, Permission.EXPORT, Permission.ISSUE, Permission.BACKUP, Permission.SEE_BALANCES}
    ),
    Role.VIEWER: frozenset({Permission.READ}),
}


def allows(role: Role, permission: Permission) -> bool:
    """Whether the role may do it."""
    return permission in ALLOWED[role]
