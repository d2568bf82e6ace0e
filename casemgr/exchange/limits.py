"""Limits a reading process puts on itself before it touches a foreign file, and the look at a zip before opening it."""

import sys
import zipfile
import zlib
from pathlib import Path

MEMORY_LIMIT = 512 * 1024 * 1024
FILE_LIMIT = 100 * 1024 * 1024
UNPACKED_LIMIT = 200 * 1024 * 1024
RATIO_LIMIT = 200
ENTRY_LIMIT = 2_000
CELL_LIMIT = 6_000_000
"""Cells of one sheet's bounding box: a stray value in the last row would make any reader allocate all of it."""

_RATIO_FLOOR = 1024 * 1024  # a tiny member may compress better than 200 to 1 without harm
_ARCHIVES = (b"PK\x03\x04", b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")


class RefusedError(Exception):
    """The file is refused; `code` says why, `detail` fills the sentence shown to the person."""

    def __init__(self, code: str, **detail: str | int) -> None:
        self.code = code
        self.detail = detail
        super().__init__(code)


def limit_memory(limit: int = MEMORY_LIMIT) -> None:
    """Cap the memory of this process for good; it also may write no file."""
    if sys.platform == "win32":
        _limit_by_job_object(limit)
    else:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    class _BasicLimits(ctypes.Structure):
        _fields_ = (
            ("per_process_user_time", ctypes.c_int64),
            ("per_job_user_time", ctypes.c_int64),
            ("flags", wintypes.DWORD),
            ("minimum_working_set", ctypes.c_size_t),
            ("maximum_working_set", ctypes.c_size_t),
            ("active_processes", wintypes.DWORD),
            ("affinity", ctypes.c_size_t),
            ("priority_class", wintypes.DWORD),
            ("scheduling_class", wintypes.DWORD),
        )

    class _ExtendedLimits(ctypes.Structure):
        _fields_ = (
            ("basic", _BasicLimits),
            ("io_counters", ctypes.c_uint64 * 6),
            ("process_memory", ctypes.c_size_t),
            ("job_memory", ctypes.c_size_t),
            ("peak_process_memory", ctypes.c_size_t),
            ("peak_job_memory", ctypes.c_size_t),
        )

    def _limit_by_job_object(limit: int) -> None:
        """Put this process into a job of its own, killed with its handle, alone in it, and limited in memory."""
        # 0x2108: JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE | _PROCESS_MEMORY | _ACTIVE_PROCESS; 9: ExtendedLimitInformation
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.CreateJobObjectW.restype = wintypes.HANDLE
        kernel.GetCurrentProcess.restype = wintypes.HANDLE
        job = wintypes.HANDLE(kernel.CreateJobObjectW(None, None))
        limits = _ExtendedLimits()
        limits.basic.flags = 0x2108
        limits.basic.active_processes = 1
        limits.process_memory = limit
        process = wintypes.HANDLE(kernel.GetCurrentProcess())
        done = kernel.SetInformationJobObject(job, 9, ctypes.byref(limits), ctypes.sizeof(limits))
        if not done or not kernel.AssignProcessToJobObject(job, process):
            raise ctypes.WinError(ctypes.get_last_error())


def check_zip(path: Path) -> None:
    """Refuse a zip by its central directory: too large, too many entries, too compressed, an archive in the archive."""
    size = path.stat().st_size
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            if len(entries) > ENTRY_LIMIT:
                raise RefusedError("zip-entries", count=len(entries), limit=ENTRY_LIMIT)
            unpacked = sum(entry.file_size for entry in entries)
            if unpacked > UNPACKED_LIMIT:
                raise RefusedError("zip-size", size=unpacked >> 20, limit=UNPACKED_LIMIT >> 20)
            if unpacked > size * RATIO_LIMIT:
                raise RefusedError("zip-ratio", limit=RATIO_LIMIT)
            for entry in entries:
                if entry.file_size > max(_RATIO_FLOOR, entry.compress_size * RATIO_LIMIT):
                    raise RefusedError("zip-ratio", limit=RATIO_LIMIT)
                if entry.flag_bits & 1:
                    raise RefusedError("password")
            for entry in entries:
                with archive.open(entry) as member:
                    if member.read(6).startswith(_ARCHIVES):
                        raise RefusedError("zip-nested")
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError, zlib.error) as error:
        raise RefusedError("corrupt") from error
