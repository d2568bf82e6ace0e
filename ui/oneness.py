"""One window per case file: a second start raises the first and ends."""

import hashlib
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_WAIT_MS = 500


class FirstStart(QObject):
    """Finds or becomes the first start for a file; only a local socket of this user, never the network."""

    def __init__(self, file: Path | None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._file = file
        self._server: QLocalServer | None = None

    @property
    def name(self) -> str:
        """The socket's name; it tells nothing about the file."""
        return "casemgr-" + hashlib.sha256(str(self._file or "").encode()).hexdigest()[:24]

    def raise_other(self) -> bool:
        """Ask an earlier start to come forward; whether there was one."""
        socket = QLocalSocket()
        socket.connectToServer(self.name)
        found = socket.waitForConnected(_WAIT_MS)
        if found:
            socket.disconnectFromServer()
        return found

    def listen(self, raise_window: Callable[[], object]) -> bool:
        """Be the first from now on."""
        QLocalServer.removeServer(self.name)  # left behind by a start that was killed; a living one would have answered
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(raise_window)
        return self._server.listen(self.name)

    def close(self) -> None:
        """Let others be first."""
        if self._server is not None:
            self._server.close()
            self._server = None
