"""Certificates issued without drawing the real paper."""

from uuid import UUID

from casemgr.domain.certificates import CertificateContent
from casemgr.services import (
    certificates,
)
from casemgr.services.certificates import IssuedView
from casemgr.workspace import Workspace


def plain_print(content: CertificateContent) -> bytes:
    """Stands for the renderer: the text of the paper, so that a test can read it."""
    return repr(content).encode()


def issue(workspace: Workspace, household: UUID, **options: object) -> IssuedView:
    return workspace.write(certificates.issue, household, render=plain_print, **options)  # type: ignore[arg-type]
