"""Traces of stacks, as programs print them where they fail: of Python, Java, .NET, JavaScript and debuggers."""

from __future__ import annotations

import re
from collections.abc import Sequence

THROWN = r"(?:[A-Za-z_$][\w$]*[.:/])*[A-Za-z_$]?[\w$]*(?:Error|Exception|Throwable|Warning|Interrupt|Exit|Failure)"
FRAME = re.compile(
    r"\s*(?:"
    r"at [\w$<>/@`,\[\]-]+(?:\.[\w$<>/@`,\[\]-]+)+\([^()]{0,300}\)(?: in \S.{0,300}:line \d+)?"  # Java, .NET
    r"|at (?:(?:async |new )*[\w.$<>\[\] ]{1,200} \()?"  # JavaScript
    r"[^\s()]{0,300}[./\\][^\s()]{0,300}:\d+:\d+\)?"
    r"|at [\w.$<>\[\] ]{1,200} \((?:<anonymous>|native)\)"
    r"|[\w$.<>/*]{0,100}@(?:https?|file|resource)://\S{1,500}:\d+:\d+"  # Firefox
    r"|#\d{1,4}\s+(?:0x[0-9a-f]+ in \S.{0,400}"  # gdb, sanitizers
    r"|[\w:~<>]+ ?\(.{0,400}\) (?:at \S{1,300}:\d+|from \S{0,300}/\S{1,300}))"
    r"|frame #\d{1,4}: 0x[0-9a-f]+ .{0,400}"  # lldb
    r"|\.\.\. \d+ (?:more|common frames omitted)"
    r")\s*"
)
HEAD = re.compile(
    r"\s*(?:Caused by: |Suppressed: |Exception in thread .{1,99}|Uncaught (?:\(in promise\) )?|Unhandled exception\. )*"
    rf"{THROWN}\b(?::? .*)?"
    r"|\s*(?:Program received signal SIG\w+|goroutine \d+ \[|thread '.{1,80}' panicked at ).*"
)
WORDS = 2  # lines that the message of an error may go on for before its first frame
PYTHON = re.compile(r"\s*Traceback \(most recent call last\):\s*")
FILE = re.compile(r'\s*File "[^"]{1,500}", line \d+(?:, in .{1,200})?\s*')
CARETS = re.compile(r"\s*[~^]+\s*")
BETWEEN = re.compile(r"\s*(?:During handling of the above exception|The above exception was the direct cause)\b.*")
RAISED = re.compile(rf"(?:{THROWN}|[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+)(?:: .*)?\s*")
GDB = re.compile(r"\((?:gdb|lldb|[pP]db)\) \S.*")


def trace_lines(lines: Sequence[str], at: int) -> int:
    """How many lines from here on are a trace: an error with the frames below it, or the frames alone."""
    if GDB.fullmatch(lines[at]):
        return 1
    place = at + head_lines(lines, at)
    while place < len(lines) and (size := FRAME.fullmatch(lines[place]) is not None or head_lines(lines, place)):
        place += size
    return place - at


def head_lines(lines: Sequence[str], at: int) -> int:
    """How many lines name an error, with its message, 0 where no frame follows."""
    if not HEAD.fullmatch(lines[at]):
        return 0
    below = lines[at + 1 : at + 2 + WORDS]
    return next((size for size, line in enumerate(below, start=1) if FRAME.fullmatch(line)), 0)


def python_trace_lines(lines: Sequence[str], at: int) -> int:
    """How many lines from here on are a traceback of Python, to the error with which it ends."""
    if not (PYTHON.fullmatch(lines[at]) or FILE.fullmatch(lines[at])):
        return 0
    place = at
    while place < len(lines) and (size := part_lines(lines, place)):
        place += size
    return place - at + (place < len(lines) and RAISED.fullmatch(lines[place]) is not None)


def part_lines(lines: Sequence[str], at: int) -> int:
    """How many lines here are a part of a traceback: its head, or a place with its line and the marks below that."""
    if PYTHON.fullmatch(lines[at]):
        return 1
    if FILE.fullmatch(lines[at]):
        shows_line = at + 1 < len(lines) and not any(pattern.fullmatch(lines[at + 1]) for pattern in (FILE, RAISED))
        size = 1 + (shows_line and bool(lines[at + 1].strip()))
        return size + (at + size < len(lines) and CARETS.fullmatch(lines[at + size]) is not None)
    return chained_lines(lines, at)


def chained_lines(lines: Sequence[str], at: int) -> int:
    """How many lines lead from one traceback to the next: the error, and what is said between."""
    for size in range(1, 5):
        if at + size < len(lines) and BETWEEN.fullmatch(lines[at + size]):
            blank = at + size + 1 < len(lines) and not lines[at + size + 1].strip()
            return size + 1 + blank if RAISED.fullmatch(lines[at]) else 0
    return 0
