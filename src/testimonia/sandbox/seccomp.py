"""A system call filter for the child that parses: no network, no other process, no file opened for writing.

Linux on x86-64 and arm64 only; elsewhere `shut` returns False and the other limits stand alone. Numbers are
those of the kernel's `asm/unistd.h`; the program is classic BPF (Documentation/userspace-api/seccomp_filter).
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import struct
import sys
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

__all__ = ["shut"]


class Machine(NamedTuple):
    """What the filter must know of one processor family."""

    audit: int  # AUDIT_ARCH_*, so that the numbers below mean what they say
    forbidden: tuple[int, ...]
    opening: Mapping[int, int]  # system call that opens a file -> which of its arguments holds the flags


# socket connect accept sendto bind listen accept4 sendmsg · ptrace process_vm_* pidfd_* kill tkill ·
# execve execveat fork vfork · setsid setpgid setns unshare chroot mount · unlink rename link symlink mkdir
# mknod rmdir chmod chown truncate utimensat creat · keyctl bpf perf_event_open io_uring_setup userfaultfd
_X86_64 = Machine(
    0xC000003E,
    (41, 42, 43, 44, 46, 49, 50, 288, 101, 310, 311, 434, 438, 424, 62, 200, 59, 322, 57, 58, 112, 109, 308)
    + (272, 161, 165, 87, 263, 82, 264, 316, 86, 265, 88, 266, 83, 258, 84, 133, 259, 90, 91, 268, 92, 93)
    + (94, 260, 76, 77, 280, 85, 248, 249, 250, 321, 298, 425, 323, 437),
    MappingProxyType({2: 1, 257: 2}),
)
_ARM64 = Machine(
    0xC00000B7,
    (198, 203, 202, 206, 211, 200, 201, 242, 117, 270, 271, 434, 438, 424, 129, 130, 221, 281, 157, 154, 268)
    + (97, 51, 40, 35, 38, 276, 37, 36, 34, 33, 52, 53, 55, 54, 45, 46, 88, 217, 218, 219, 280, 241, 425)
    + (282, 437),
    MappingProxyType({56: 2}),
)
_MACHINES: Mapping[str, Machine] = MappingProxyType({"x86_64": _X86_64, "aarch64": _ARM64})

_LOAD, _EQUAL, _ANY_BIT, _RETURN = 0x20, 0x15, 0x45, 0x06
_ALLOW, _KILL, _REFUSE = 0x7FFF0000, 0x80000000, 0x00050000 | errno.EPERM
_NUMBER, _ARCH, _ARGUMENTS = 0, 4, 16  # offsets into struct seccomp_data
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
_SET_NO_NEW_PRIVS, _SET_SECCOMP, _FILTER = 38, 22, 2
_X32 = 0x40000000


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))


def _step(code: int, value: int, if_true: int = 0, if_false: int = 0) -> bytes:
    return struct.pack("=HBBI", code, if_true, if_false, value)


def program(machine: Machine) -> bytes:
    """The filter as BPF: refuse with EPERM what is forbidden, kill a caller with foreign numbers, allow the rest."""
    steps = [_step(_LOAD, _ARCH), _step(_EQUAL, machine.audit, 1, 0), _step(_RETURN, _KILL)]
    steps.append(_step(_LOAD, _NUMBER))
    steps += [_step(0x35, _X32, 0, 1), _step(_RETURN, _REFUSE)]
    for number in machine.forbidden:
        steps += [_step(_EQUAL, number, 0, 1), _step(_RETURN, _REFUSE)]
    for number, argument in machine.opening.items():
        steps += [
            _step(_EQUAL, number, 0, 4),
            _step(_LOAD, _ARGUMENTS + 8 * argument),
            _step(_ANY_BIT, _WRITING, 0, 1),
            _step(_RETURN, _REFUSE),
            _step(_RETURN, _ALLOW),
        ]
    steps.append(_step(_RETURN, _ALLOW))
    return b"".join(steps)


def shut() -> bool:
    """Put the filter on this process, for good; False where this machine has no such thing."""
    machine = _MACHINES.get(platform.machine())
    if not sys.platform.startswith("linux") or machine is None:
        return False
    code = program(machine)
    buffer = ctypes.create_string_buffer(code, len(code))
    wanted = _Program(len(code) // 8, ctypes.cast(buffer, ctypes.c_void_p))
    library = ctypes.CDLL(None, use_errno=True)
    if library.prctl(_SET_NO_NEW_PRIVS, 1, 0, 0, 0):
        return False
    return library.prctl(_SET_SECCOMP, _FILTER, ctypes.byref(wanted), 0, 0) == 0
