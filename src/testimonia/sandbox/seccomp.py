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
    own: tuple[int, int]  # tgkill and prlimit64: allowed on the process itself
    opening: Mapping[int, int]  # system call that opens a file -> which of its arguments holds the flags


# name, number on x86-64, number on arm64 (- where it does not exist there)
_FORBIDDEN = """
socket 41 198    connect 42 203    accept 43 202    accept4 288 242    sendto 44 206    sendmsg 46 211
bind 49 200      listen 50 201     ptrace 101 117   execve 59 221      execveat 322 281 fork 57 -
vfork 58 -       kill 62 129       tkill 200 130    setsid 112 157     setpgid 109 154  setns 308 268
unshare 272 97   chroot 161 51     mount 165 40     unlink 87 -        unlinkat 263 35  rename 82 -
renameat 264 38  renameat2 316 276 link 86 -        linkat 265 37      symlink 88 -     symlinkat 266 36
mkdir 83 -       mkdirat 258 34    rmdir 84 -       mknod 133 -        mknodat 259 33   chmod 90 -
fchmod 91 52     fchmodat 268 53   chown 92 -       fchown 93 55       lchown 94 -      fchownat 260 54
truncate 76 45   ftruncate 77 46   creat 85 -       utimensat 280 88   add_key 248 217  request_key 249 218
keyctl 250 219   bpf 321 280       openat2 437 437  userfaultfd 323 282
process_vm_readv 310 270     process_vm_writev 311 271    perf_event_open 298 241   io_uring_setup 425 425
pidfd_open 434 434           pidfd_getfd 438 438          pidfd_send_signal 424 424
rt_sigqueueinfo 129 138      rt_tgsigqueueinfo 297 240   pidfd_open 434 434       pidfd_send_signal 424 424
pidfd_getfd 438 438          kcmp 312 272                process_madvise 440 440  open_by_handle_at 304 265
open_tree 428 428            move_mount 429 429          fsopen 430 430           mount_setattr 442 442
setxattr 188 5               lsetxattr 189 6             fsetxattr 190 7          removexattr 197 14
lremovexattr 198 15          fremovexattr 199 16         fchmodat2 452 452        utime 132 -
utimes 235 -                 futimesat 261 -             shmget 29 194            shmat 30 196
msgget 68 186                mq_open 240 180             setpriority 141 140
"""


def _numbers(column: int) -> tuple[int, ...]:
    words = _FORBIDDEN.split()
    return tuple(int(number) for number in words[column::3] if number != "-")


_MACHINES: Mapping[str, Machine] = MappingProxyType(
    {
        "x86_64": Machine(0xC000003E, _numbers(1), (234, 302), MappingProxyType({2: 1, 257: 2})),  # open, openat
        "aarch64": Machine(0xC00000B7, _numbers(2), (131, 261), MappingProxyType({56: 2})),
    }
)

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


def program(machine: Machine, process: int) -> bytes:
    """The filter as BPF: refuse with EPERM what is forbidden, end a caller with foreign numbers, allow the rest."""
    steps = [_step(_LOAD, _ARCH), _step(_EQUAL, machine.audit, 1, 0), _step(_RETURN, _KILL)]
    steps.append(_step(_LOAD, _NUMBER))
    steps += [_step(0x35, _X32, 0, 1), _step(_RETURN, _REFUSE)]
    for number in machine.forbidden:
        steps += [_step(_EQUAL, number, 0, 1), _step(_RETURN, _REFUSE)]
    for number, itself in zip(machine.own, (process, 0), strict=True):
        steps += [
            _step(_EQUAL, number, 0, 4),
            _step(_LOAD, _ARGUMENTS),
            _step(_EQUAL, itself, 1, 0),
            _step(_RETURN, _REFUSE),
            _step(_RETURN, _ALLOW),
        ]
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
    code = program(machine, os.getpid())
    buffer = ctypes.create_string_buffer(code, len(code))
    wanted = _Program(len(code) // 8, ctypes.cast(buffer, ctypes.c_void_p))
    library = ctypes.CDLL(None, use_errno=True)
    if library.prctl(_SET_NO_NEW_PRIVS, 1, 0, 0, 0):
        return False
    return bool(library.prctl(_SET_SECCOMP, _FILTER, ctypes.byref(wanted), 0, 0) == 0)
