"""One window per case file: a second start raises the first and ends."""

import hashlib
import os
import sys
from collections.abc import Callable, Iterable
from enum import Enum
from pathlib import Path

from PySide6.QtCore import QEventLoop, QObject, QTimer
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from casemgr import paths

_WAIT_MS = 500
_ANSWER_MS = 4000
"""How long the earlier start may take: it may be drawing a page."""
_SHOWN = b"1"


class Found(Enum):
    """What a start learns about an earlier one."""

    NOBODY = "nobody"
    SHOWN = "shown"
    SILENT = "silent"
    """It is there, but showed nothing in time."""


def _user() -> str:
    return os.environ.get("USERNAME", "") if sys.platform == "win32" else str(os.getuid())


class FirstStart(QObject):
    """Finds or becomes the first start for a file; only a local socket of this user, never the network."""

    def __init__(self, file: Path | None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._file = file
        self._servers: dict[str, QLocalServer] = {}

    @property
    def name(self) -> str:
        """The socket's name; it tells nothing about the file."""
        return self._name(self._file)

    @staticmethod
    def _name(file: Path | None) -> str:
        """Of the person, her settings and the file: two people, or two homes, never meet."""
        path = os.path.normcase(os.path.realpath(file)) if file is not None else ""
        whole = "\0".join((_user(), os.path.realpath(paths.config_folder()), path))
        return "casemgr-" + hashlib.sha256(whole.encode()).hexdigest()[:24]

    def raise_other(self) -> Found:
        """Ask an earlier start to come forward; whether there was one, and whether it did."""
        socket = QLocalSocket()
        socket.connectToServer(self.name)
        if not socket.waitForConnected(_WAIT_MS):
            return Found.NOBODY
        waiting = QEventLoop()
        socket.readyRead.connect(waiting.quit)
        socket.disconnected.connect(waiting.quit)
        QTimer.singleShot(_ANSWER_MS, waiting, waiting.quit)
        if not socket.bytesAvailable():
            waiting.exec()
        shown = socket.readAll().data() == _SHOWN
        socket.disconnectFromServer()
        return Found.SHOWN if shown else Found.SILENT

    def listen(self, raise_window: Callable[[], bool], files: Iterable[Path | None] | None = None) -> bool:
        """Be the first for these files from now on, and for no other; for the file of the start without any."""
        wanted = {self._name(file) for file in (files if files is not None else (self._file,))}
        for name in set(self._servers) - wanted:
            self._servers.pop(name).close()
        for name in wanted - set(self._servers):
            server = self._server(name, raise_window)
            if server is not None:
                self._servers[name] = server
        return wanted == set(self._servers)

    def _server(self, name: str, raise_window: Callable[[], bool]) -> QLocalServer | None:
        server = QLocalServer(self)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)

        def answer() -> None:
            while (caller := server.nextPendingConnection()) is not None:
                caller.disconnected.connect(caller.deleteLater)
                if raise_window():
                    caller.write(_SHOWN)
                    caller.flush()
                else:
                    caller.disconnectFromServer()

        server.newConnection.connect(answer)
        if server.listen(name):
            return server
        probe = QLocalSocket()
        probe.connectToServer(name)
        if not probe.waitForConnected(_WAIT_MS):  # left behind by a start that was killed
            QLocalServer.removeServer(name)
            if server.listen(name):
                return server
        server.deleteLater()
        return None

    def close(self) -> None:
        """Let others be first."""
        for server in self._servers.values():
            server.close()
        self._servers = {}
