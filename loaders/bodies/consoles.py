"""What programs print, pasted between a writer's words without a fence: traces of stacks, shells, compilers, logs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from rejoinder.loaders.bodies.traces import python_trace_lines, trace_lines

LEVEL = r"(?:TRACE|DEBUG|INFO|NOTICE|WARN(?:ING)?|ERROR|FATAL|CRITICAL|SEVERE)\b"
TIME = r"\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z| ?[+-]\d\d:?\d\d)?"
STAMP = rf"\d{{4}}[-/]\d\d[-/]\d\d[T ]{TIME}"
# A line of a log: with a date and a time, as syslog or the kernel write it.
LOGGED = re.compile(rf"\[?{STAMP}\b|[A-Z][a-z]{{2}} [ \d]\d {TIME} \S+ \S{{1,80}}: |\[ {{0,6}}\d{{1,7}}\.\d{{6}}\] ")
BRACKETS = r"(?: *\[[^\[\]\n]{0,80}\])*[ :|,-]{1,5}"
LEVELLED = re.compile(
    rf"\[?{STAMP}\]?(?:[ :|,-]{{1,5}}[^ ]{{1,80}}){{0,2}}{BRACKETS}\[?{LEVEL}"
    rf"|\[?{TIME}\]?{BRACKETS}\[?{LEVEL}|[\[(]?{LEVEL}[\])]?:? {{0,5}}[\[(]?{STAMP}"
)
# Where a dollar begins a line of prose, one of these is likely to follow.
PAID = r"(?:is|was|were|are|per|to|and|or|of|has|as|will|an?|the|at|than|on|in|value|amount|bill|figure)\b"
PROMPT = re.compile(
    r"\[[\w.-]+@[\w.-]+ [^\s\]]{1,80}\][$#%] ?\S|[\w.-]+@[\w.-]+:[~/][^\s$#%]{0,80}[$#%] ?\S"
    rf"|(?:PS )?[A-Z]:\\[^<>|*?\"\n]{{0,200}}(?<=[\w\\])>|\$ (?!{PAID})[a-z./~_][\w./-]*(?: |$)"
)
# What a compiler or a tool that runs one complains of: at a line of a file, by a code, by its own name.
COMPLAINED = re.compile(
    r"[^\s:]{1,300}\.\w{1,6}:\d+(?::\d+)?: (?:fatal error|error|warning|note)(?: [A-Z]+\d+)?:"
    r"|[^\s(]{1,300}\.\w{1,6}\(\d+(?:,\d+)?\): (?:fatal error|error|warning)(?: [A-Z]+\d+)?:"
    r"|(?:error|warning)\[[A-Z]\d+\]: |g?make(?:\[\d+\])?: (?:\*\*\*|Entering|Leaving) |npm (?:ERR!|WARN) "
    r"|(?:ld|gcc|g\+\+|cc1plus|collect2|cargo|rustc|javac): (?:fatal )?error: "
    r"|-?(?:bash|sh|zsh): .{1,300}: (?:command not found|No such file or directory|Permission denied)"
)
# What it shows below: the line that it means, and where in that.
SHOWN = re.compile(
    r"\s*+(?:--> |(?:\d{1,6} ++)?\||= (?:note|help): |[\^~|]++\s*+$|\^[~^ ]*+\s*+$)|In file included from "
)
POINTED = re.compile(r"\s*+(?:[~|]*+\^)++[~^ ]*+\s*+$")
NEAR = 3  # lines below a complaint in which it may point to a place
PROSE = re.compile(
    r"(?:I|We|You|It|This|That|The|There|But|So|And|Which|Any|How|What|Why|My|Then|Is|Does|Can)(?: [a-z'’]+){2}"
    r"|[-*+•] [A-Za-z]|[A-Z][a-z'’]*+(?:,? [\w'’-]++){4,}+[^/\\=<>{}\[\]|$@#]*+(?<=[.!?:])$"
    r"|[a-z'’]++(?:,? [A-Za-z'’-]++){5,}+[.!?]$"
)
# Any of these stands in all that is looked for, and in few other texts.
HINT = re.compile(
    r"\d:\d\d:\d\d|\.\w{1,6}[:(]\d|@[\w.-]{1,80}[: ].{0,80}[$#%]|^\$ |:\\|\d\.\d{6}\]|npm |error\[|warning\["
    r"|: (?:\*\*\*|(?:Entering|Leaving) |.{0,300}(?:error|not found|No such|denied))"
    r"|^[ \t]*(?:at |#\d|File \"|Traceback |frame #|\((?:gdb|lldb|[pP]db)\) )",
    re.MULTILINE,
)
FENCE = re.compile(r" {0,3}(?:```|~~~)")
KEPT = re.compile(r"<(/?)(?:pre|script|style|textarea)\b", re.IGNORECASE)  # in which Markdown is none
INDENTED = re.compile(r" {0,3}(?! )")


def console_runs(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Start and end of each run of lines that programs have printed."""
    at = start = 0
    while at < len(lines):
        size = next((size for kind in KINDS if (size := kind(lines, at))), 0)
        if not size:
            if start < at:
                yield start, at
            start = at + 1
        at += size or 1
    if start < at:
        yield start, at


def has_console(text: str) -> bool:
    """False for nearly all texts in which no program has printed anything."""
    return HINT.search(text) is not None


def with_fences(markup: str) -> str:
    """Markdown with a fence around each run of lines that a program has printed, where none is yet.

    >>> print(with_fences("So:\\n$ make pond\\nok"))
    So:
    ```
    $ make pond
    ok
    ```
    """
    lines = markup.replace("\r\n", "\n").split("\n")
    bare = [line if is_open else "" for line, is_open in zip(lines, outside_fences(lines), strict=True)]
    fenced, done = list[str](), 0
    for start, end in console_runs(bare):
        if INDENTED.match(lines[start]):
            fenced += [*lines[done:start], "```", *lines[start:end], "```"]
            done = end
    return "\n".join([*fenced, *lines[done:]])


def outside_fences(lines: Sequence[str]) -> Iterator[bool]:
    """For each line whether it stands outside fences, and what HTML keeps as it is."""
    fenced = verbatim = False
    for line in lines:
        fence = FENCE.match(line) is not None
        fenced ^= fence and not verbatim
        tags = [] if fenced else KEPT.findall(line)
        yield not (fence or fenced or verbatim or tags)
        verbatim = tags[-1] == "" if tags else verbatim


def session_lines(lines: Sequence[str], at: int) -> int:
    """The lines of a shell from a prompt on, to a blank line or to what reads like a sentence."""
    if not PROMPT.match(lines[at]):
        return 0
    return 1 + run_length(lines, at + 1, lambda line: bool(line.strip()) and not PROSE.match(line.strip()))


def log_lines(lines: Sequence[str], at: int) -> int:
    """The lines of a log: several with a time, or one that names its level, too."""
    size = run_length(lines, at, lambda line: (LOGGED.match(line) or LEVELLED.match(line)) is not None)
    return size if size > 1 or LEVELLED.match(lines[at]) else 0


def compiler_lines(lines: Sequence[str], at: int) -> int:
    """What a compiler says of a place, with what it shows of that."""
    if not COMPLAINED.match(lines[at].strip()):
        return 0
    below = lines[at + 1 : at + 1 + NEAR]
    pointed = next((place + 1 for place, line in enumerate(below) if POINTED.match(line)), 0)
    shown_at = at + 1 + pointed
    return 1 + pointed + run_length(lines, shown_at, lambda line: SHOWN.match(line) is not None)


def run_length(lines: Sequence[str], at: int, goes_on: Callable[[str], bool]) -> int:
    """How many lines from here on go on."""
    return next((place - at for place in range(at, len(lines)) if not goes_on(lines[place])), len(lines) - at)


KINDS: tuple[Callable[[Sequence[str], int], int], ...] = (
    python_trace_lines,
    trace_lines,
    session_lines,
    log_lines,
    compiler_lines,
)
