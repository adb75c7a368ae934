"""The standard streams of a command: closed ones lead nowhere, and lost output ends it in one line."""

from __future__ import annotations

import errno
import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

INPUT, OUTPUT, ERRORS = range(3)
NOT_WRITTEN = 74  # EX_IOERR of sysexits.h
NOT_WANTED = 1  # as Click ends where whoever read a pipe has read enough


class _Lost(Exception):
    """Standard output took no more; its cause says why. No OSError itself, so that nobody takes it for theirs."""


class _Output(io.FileIO):
    def write(self, data: ReadableBuffer, /) -> int:
        """Write what fits; raises _Lost."""
        try:
            return super().write(data)
        except OSError as error:
            raise _Lost from error


class _Errors(io.FileIO):
    def write(self, data: ReadableBuffer, /) -> int:
        """Write what fits; complaints that nobody can see are dropped."""
        try:
            return super().write(data)
        except OSError:
            return memoryview(data).nbytes


@contextmanager
def guarded_streams() -> Iterator[None]:
    """Standard streams that are safe to use within; where output is lost, the process ends with NOT_WRITTEN.

    Streams that are none of the process, as in tests, stay as they are.
    """
    _open()
    _watch()
    try:
        try:
            yield
        finally:
            sys.stdout.flush()
    except _Lost as lost:
        _end(lost.__cause__)


def _open() -> None:
    """Give closed streams the null device, before the next file that is opened takes their numbers."""
    for number, name, mode in ((INPUT, "stdin", "r"), (OUTPUT, "stdout", "w"), (ERRORS, "stderr", "w")):
        if getattr(sys, name) is None:
            _hold(number)
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115 - open as long as the process


def _hold(number: int) -> None:
    try:
        os.fstat(number)
    except OSError:
        _point_to_null(number)


def _point_to_null(number: int) -> None:
    null = os.open(os.devnull, os.O_RDWR)
    if null != number:
        os.dup2(null, number)
        os.close(null)


def _watch() -> None:
    if sys.stdout is sys.__stdout__ and isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout = _rewrapped(_Output(OUTPUT, "w", closefd=False), sys.stdout)
    if sys.stderr is sys.__stderr__ and isinstance(sys.stderr, io.TextIOWrapper):
        sys.stderr = _rewrapped(_Errors(ERRORS, "w", closefd=False), sys.stderr)


def _rewrapped(raw: io.FileIO, old: io.TextIOWrapper) -> io.TextIOWrapper:
    return io.TextIOWrapper(
        io.BufferedWriter(raw), encoding=old.encoding, errors=old.errors, line_buffering=old.line_buffering
    )


def _end(error: BaseException | None) -> None:
    _point_to_null(OUTPUT)  # what is still held back is written when the process ends
    if isinstance(error, OSError) and error.errno == errno.EPIPE:
        sys.exit(NOT_WANTED)
    why = error.strerror if isinstance(error, OSError) else error
    click.echo(f"Error: standard output cannot be written: {why}", err=True)
    sys.exit(NOT_WRITTEN)
