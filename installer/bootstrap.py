"""The two commands of the README, with nothing but Python's standard library.

python3 installer/bootstrap.py         prepare this checkout and open the window
python3 installer/bootstrap.py test    prepare it and run every check and test
python3 installer/bootstrap.py ARGS    prepare it and run the command line with ARGS

Preparing means: a virtual environment in .venv, the locked dependencies in it, compiled catalogues and bytecode, and
on Debian the system libraries the window needs. All that is said about it goes to standard error; when nothing is to
be done nothing is said.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

OLDEST, NEWEST = (3, 11), (3, 13)
TOP = Path(__file__).resolve().parent.parent
WINDOWS = os.name == "nt"

OFFSCREEN_PACKAGES = ("libegl1", "libgl1", "libglib2.0-0", "libdbus-1-3", "libfontconfig1", "libxkbcommon0")
SCREEN_PACKAGES = (
    "libxcb-cursor0",
    "libxcb-icccm4",
    "libxcb-keysyms1",
    "libxcb-randr0",
    "libxcb-shape0",
    "libxcb-sync1",
    "libxcb-xfixes0",
    "libxcb-xkb1",
    "libxkbcommon-x11-0",
    "libx11-xcb1",
)
VIRTUAL_SCREEN_PACKAGES = ("xvfb", "xauth")
TEST_PACKAGES = ("poppler-utils", "strace")  # another reader of our PDFs; shows that no network is used


class RefusalError(Exception):
    """Something the person has to do first; the text says what."""


def say(vietnamese: str, english: str) -> None:
    """Tell on standard error what is going on, in both languages: the chosen one is not known yet."""
    print(f"casemgr: {vietnamese} / {english}", file=sys.stderr, flush=True)


def check_python(version: tuple[int, ...] = sys.version_info) -> None:
    """Refuse a Python that the dependencies do not support."""
    if not OLDEST <= tuple(version[:2]) <= NEWEST:
        found, oldest, newest = (".".join(str(part) for part in v[:2]) for v in (version, OLDEST, NEWEST))
        raise RefusalError(
            f"Cần Python từ {oldest} đến {newest}, máy này chạy bằng Python {found}. / "
            f"Python {oldest} to {newest} is needed, this is Python {found}."
        )


class Environment:
    """The virtual environment of one checkout."""

    def __init__(self, top: Path = TOP) -> None:
        self.top = top
        self.folder = top / ".venv"
        self.python = self.folder / ("Scripts/python.exe" if WINDOWS else "bin/python")

    def lock_file(self, kind: str) -> Path:
        """The locked dependencies: "run" for the program, "dev" for the program and its tools."""
        return self.top / ("requirements.lock" if kind == "run" else "requirements-dev.lock")

    def stamp(self, kind: str) -> Path:
        """Says which lock file was installed last, and by which Python."""
        return self.folder / f"casemgr-{kind}.stamp"

    def wanted(self, kind: str) -> str:
        """What the stamp must say for the environment to be as it should."""
        content = self.lock_file(kind).read_bytes().replace(b"\r\n", b"\n")
        place = os.fsencode(self.top) + os.fsencode(os.path.realpath(self.python))  # a moved checkout, a new Python
        return hashlib.sha256(content + place).hexdigest()

    def is_ready(self, kind: str) -> bool:
        """Nothing to install; tools are installed with the program, so "dev" serves for "run" too."""
        with contextlib.suppress(OSError):
            if self.python.exists():
                return self.stamp(kind).read_text(encoding="utf-8") == self.wanted(kind)
        return False

    def prepare(self, kind: str) -> None:
        """Make the environment what the lock file says, one process at a time."""
        if not self.is_ready(kind):
            with exclusive(self.top / ".venv.lock"):
                if not self.is_ready(kind):
                    self._install(kind)
        self._compile_catalogues()

    def _install(self, kind: str) -> None:
        say("đang chuẩn bị chương trình, mất vài phút", "preparing the program, this takes some minutes")
        if not self._has_pip():
            self._create()
        step = [str(self.python), "-m", "pip", "--disable-pip-version-check", "-qq", "install"]
        lock = str(self.lock_file(kind))
        run([*step, "--require-hashes", "--only-binary", ":all:", "--no-deps", "--requirement", lock])
        (self._site_packages() / "casemgr-checkout.pth").write_text(self._way_to_top() + "\n", encoding="ascii")
        # pip has compiled what it installed; our own bytecode only saves time, so a failure does not matter.
        run([str(self.python), "-m", "compileall", "-qq", str(self.top / "casemgr"), str(self.top / "ui")], fatal=False)
        for done in {kind, "run"} if self._same_versions() else {kind}:
            beside = self.stamp(done).with_suffix(".new")
            beside.write_text(self.wanted(done), encoding="utf-8")
            beside.replace(self.stamp(done))

    def _same_versions(self) -> bool:
        """Whether the tools' lock file contains the program's, word for word."""
        own, all_of_it = (set(self.lock_file(kind).read_text(encoding="utf-8").splitlines()) for kind in ("run", "dev"))
        return own <= all_of_it

    def _has_pip(self) -> bool:
        if not self.python.exists():
            return False
        checked = subprocess.run([str(self.python), "-m", "pip", "--version"], capture_output=True, check=False)
        return checked.returncode == 0

    def _create(self) -> None:
        if importlib.util.find_spec("ensurepip") is None:
            system_packages(("python3-venv",))
        if self.folder.exists():
            if not (self.folder / "pyvenv.cfg").exists() and any(self.folder.iterdir()):
                raise RefusalError(
                    f"{self.folder} không phải do chương trình tạo; hãy đổi tên thư mục đó. / "
                    f"{self.folder} was not made by this program; rename it first."
                )
            shutil.rmtree(self.folder)
        run([sys.executable, "-m", "venv", str(self.folder)])

    def _site_packages(self) -> Path:
        if WINDOWS:
            return self.folder / "Lib" / "site-packages"
        return next((self.folder / "lib").glob("python3.*")) / "site-packages"

    def _way_to_top(self) -> str:
        # Relative and so in plain ASCII: .pth files are read in the machine's own encoding.
        return os.path.relpath(str(self.top), str(self._site_packages())).replace(os.sep, "/")

    def _compile_catalogues(self) -> None:
        for source in (self.top / "i18n").glob("*/LC_MESSAGES/*.po"):
            compiled = source.with_suffix(".mo")
            if not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime:
                # Not fatal: a folder that cannot be written costs some time at each start, no words.
                run([str(self.python), str(self.top / "installer" / "catalogue.py"), "compile"], fatal=False)
                return


def run(command: list[str], *, fatal: bool = True) -> None:
    """Run one step of the preparation; what it says is shown only when it fails."""
    done = subprocess.run(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
    )
    if done.returncode and fatal:
        print(done.stdout.decode("utf-8", "replace"), file=sys.stderr)
        raise RefusalError(
            "Bước sau đây không thành công, xem thông báo ở trên; lần đầu cần có mạng. / "
            f"This step failed, see above; the first start needs a network.\n  {quoted(command)}"
        )


def quoted(command: list[str]) -> str:
    """The command as a person would type it."""
    return " ".join(f'"{part}"' if " " in part else part for part in command)


@contextlib.contextmanager
def exclusive(path: Path) -> Iterator[None]:
    """Let one process at a time through; the system forgets the lock when a process dies."""
    with path.open("a+b") as file:
        waited = False
        while not try_lock(file):
            if not waited:
                say("đang chờ một lần chuẩn bị khác", "waiting for another preparation")
                waited = True
            time.sleep(0.2)
        yield


def try_lock(file: IO[bytes]) -> bool:
    """Take the lock of the whole file if it is free."""
    try:
        if WINDOWS:
            import msvcrt

            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def missing_packages(names: tuple[str, ...]) -> list[str]:
    """Those of the Debian packages that are not installed; none where there is no dpkg."""
    if shutil.which("dpkg-query") is None:
        return []
    # Since Debian 13 some names end in t64; the old name still installs them.
    candidates = [*names, *(name + "t64" for name in names)]
    told = subprocess.run(
        ["dpkg-query", "--show", "--showformat", "${Package} ${db:Status-Status}\n", *candidates],
        capture_output=True,
        text=True,
        check=False,
    )
    here = {line.split()[0] for line in told.stdout.splitlines() if line.endswith(" installed")}
    return [name for name in names if name not in here and name + "t64" not in here]


def system_packages(names: tuple[str, ...]) -> None:
    """Install what is missing of the Debian packages, or say how."""
    missing = missing_packages(names)
    if not missing:
        return
    install = ["apt-get", "install", "-y", "--no-install-recommends", *missing]
    if shutil.which("apt-get") is None or os.geteuid() != 0:
        raise RefusalError(
            "Máy này còn thiếu các gói sau. Hãy chạy lệnh dưới đây rồi thử lại. / "
            "This machine lacks some packages. Run this, then try again:\n  sudo {}".format(" ".join(install))
        )
    say("đang cài các gói hệ thống " + " ".join(missing), "installing system packages")
    os.environ["DEBIAN_FRONTEND"] = "noninteractive"
    patience = ["-q", "-o", "DPkg::Lock::Timeout=600"]
    run(["apt-get", *patience, "update"], fatal=False)
    run([install[0], *patience, *install[1:]])


def has_screen() -> bool:
    """Whether a window can be shown, or somebody chose on purpose where it is drawn."""
    if not sys.platform.startswith("linux"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def window_command(python: Path) -> list[str]:
    """The command that opens the window, on a virtual screen when there is no other."""
    command = [str(python), "-P", "-m", "ui"]
    if sys.platform.startswith("linux"):
        system_packages(OFFSCREEN_PACKAGES + SCREEN_PACKAGES + (() if has_screen() else VIRTUAL_SCREEN_PACKAGES))
    if has_screen():
        return command
    if shutil.which("xvfb-run") is None:
        raise RefusalError(
            "Máy này không có màn hình. Hãy cài xvfb, hoặc đặt DISPLAY. / "
            "This machine has no screen. Install xvfb, or set DISPLAY."
        )
    say("máy này không có màn hình, cửa sổ mở trên màn hình ảo", "no screen here: the window opens on a virtual one")
    return ["xvfb-run", "--auto-servernum", "--server-args", "-screen 0 1366x768x24", *command]


def hand_over(command: list[str]) -> int:
    """Become the command: same input, output, signals and exit code."""
    if not WINDOWS:
        os.execvp(command[0], command)  # noqa: S606 - the very purpose
    try:
        return subprocess.call(command)
    except KeyboardInterrupt:
        return 130


def main(arguments: list[str]) -> int:
    """Prepare what is needed for the arguments and go on to it."""
    with contextlib.suppress(AttributeError, ValueError):
        sys.stderr.reconfigure(errors="replace")
    try:
        check_python()
        environment = Environment()
        if arguments[:1] == ["test"]:
            if sys.platform.startswith("linux"):
                system_packages(OFFSCREEN_PACKAGES + SCREEN_PACKAGES + VIRTUAL_SCREEN_PACKAGES + TEST_PACKAGES)
            environment.prepare("dev")
            return hand_over([str(environment.python), str(TOP / "installer" / "checks.py"), *arguments[1:]])
        environment.prepare("run")
        if arguments:
            return hand_over([str(environment.python), "-P", "-m", "casemgr", *arguments])
        return hand_over(window_command(environment.python))
    except RefusalError as refusal:
        print(f"casemgr: {refusal}", file=sys.stderr)
    except KeyboardInterrupt:
        return 130
    except OSError as error:
        print(
            f"casemgr: {error}\n"
            "Hãy chép chương trình vào một thư mục mà bạn được quyền ghi rồi thử lại. / "
            "Copy the program to a folder you may write in, then try again.",
            file=sys.stderr,
        )
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
