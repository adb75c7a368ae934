"""What programs print is told from what people write, in each format, though no fence stands around it."""

from __future__ import annotations

import pytest

from rejoinder.loaders.bodies import from_markdown
from rejoinder.loaders.bodies.consoles import console_runs, has_console
from rejoinder.loaders.extract.text.blocks import Shape, blocks_of_text
from tests.timing import assert_in_proportion

PYTHON = """\
Traceback (most recent call last):
  File "pond.py", line 12, in <module>
    newts.count()
    ~~~~~~~~~~~^^
  File "/srv/pond/newts.py", line 3, in count
    return self.all
AttributeError: 'Newts' object has no attribute 'all'"""
CHAINED = f"""\
{PYTHON}

During handling of the above exception, another exception occurred:

Traceback (most recent call last):
  File "pond.py", line 14, in <module>
    raise PondError("dry")
pond.errors.PondError: dry"""
JAVA = """\
Exception in thread "main" java.lang.IllegalStateException: the pond is dry
\tat org.pond.Newts.count(Newts.java:12)
\tat org.pond.Main.main(Main.java:3)
Caused by: java.io.IOException: no water
\tat org.pond.Water.read(Water.java:7)
\t... 2 more"""
JAVASCRIPT = """\
TypeError: Cannot read properties of undefined (reading 'newts')
    at count (/srv/pond/newts.js:12:5)
    at Array.map (<anonymous>)
    at open (pond.js:7:3)
    at async Pond.open (file:///srv/pond/pond.mjs:3:11)
    at node:internal/main:1:1"""
FIREFOX = (
    "ReferenceError: newts is not defined\ncount@https://pond.example/newts.js:12:5\n@https://pond.example/a.js:1:1"
)
DOTNET = "System.InvalidOperationException: dry\n   at Pond.Newts.Count(Int32 n) in C:\\pond\\Newts.cs:line 12"
GDB = """\
Program received signal SIGSEGV, Segmentation fault.
#0  0x00007ffff7a4 in count_newts (pond=0x0) at newts.c:12
#1  main () at main.c:3
(gdb) print pond"""
SHELL = "$ make newts\ncc -c newts.c\nnewts is up to date"
REMOTE = "kim@pond:~/newts$ ls -l\ntotal 4\n-rw-r--r-- 1 kim kim 12 newts.txt"
POWERSHELL = "PS C:\\pond> Get-Newts\nnone"
LOG = "2024-03-04 10:00:01,123 INFO pond: opened\n2024-03-04 10:00:02,456 ERROR pond: dry"
LEVELS = "10:00:01 [main] WARN pond - it is dry because nobody filled it"
SYSLOG = "Mar  4 10:00:01 pond newtd[12]: started\nMar  4 10:00:02 pond newtd[12]: stopped because the disk is full"
KERNEL = "[   12.345678] newt: probe failed\n[   12.345700] newt: giving up"
GCC = """\
newts.c:12:5: error: 'pond' undeclared (first use in this function)
   12 |     pond = 1;
      |     ^~~~"""
CLANG = "newts.c:12:5: warning: unused variable\n    int pond;\n        ^"
RUST = """\
error[E0308]: mismatched types
 --> src/newts.rs:12:5
  |
12 |     pond
  |     ^^^^ expected integer"""
TYPESCRIPT = "src/newts.ts(12,5): error TS2304: Cannot find name 'pond'."
MAKE = "make[1]: *** [newts.o] Error 1"
MISSING = "bash: newts: command not found"
PRINTED = {
    "python": PYTHON,
    "chained": CHAINED,
    "java": JAVA,
    "javascript": JAVASCRIPT,
    "firefox": FIREFOX,
    "dotnet": DOTNET,
    "gdb": GDB,
    "shell": SHELL,
    "remote shell": REMOTE,
    "powershell": POWERSHELL,
    "log": LOG,
    "levels": LEVELS,
    "syslog": SYSLOG,
    "kernel": KERNEL,
    "gcc": GCC,
    "clang": CLANG,
    "rust": RUST,
    "typescript": TYPESCRIPT,
    "make": MAKE,
    "missing": MISSING,
}
SAID = {
    "dollars": "$ per hour is what counts.\n$ is weak, because nobody buys it.",
    "share": "kim@pond.example 50% of us agree\nkim@pond.example #3 is wrong",
    "clock": "at 12:30:15\nat noon (sharp)",
    "drives": "C:\\pond -> D:\\pond is what I mean",
    "aside": "at night(s)\n#1 newts (see below) at night",
    "review": "newts.c:12: error handling is missing here\nnewts.c:14: note that it leaks",
    "tool": "gcc: it gives an error, because it is old\nbash: the file is not found by it",
    "money": "$ 20 is too much.\n$20 would do, because nobody pays more.",
    "at": "at home (which is warm) nobody complains\nat Kim's place it is cold",
    "number": "#1 reason: it is cold.\n#2 It is wet (as Kim said at noon).",
    "error": "Error: you assume that newts are fish.\nThe error is in the second line.",
    "exception": "The exception proves the rule.\nCaused by: the rain, I think.",
    "traceback": "The traceback (most recent call last) tells nothing.",
    "file": "File a complaint, line by line, in court.",
    "time": "10:00:00 is when it opens.\n12:30 Lunch because we are hungry.",
    "agenda": "2024-03-04 10:00 Opening\n2024-03-04 11:00 Newts",
    "moment": "2024-03-04 10:00:00 was the moment when it broke.",
    "warning": "WARNING: this is dangerous, so do not do it.\nINFO about newts is missing.",
    "mail": "kim@pond.example: I think it costs $5",
    "score": "The score was 3:12:5, and so it was an error.",
    "gcc": "gcc is slower than clang, so use that.\nmake: it is old.",
    "bash": "bash: it is a shell, and I like it.",
    "path": "C:\\ is a drive.\nPut it there.",
    "ratio": "pond.txt: I read it.\npond.txt:12 is wrong because newts are no fish.",
    "quoted": "> 10:00:01 WARN pond: dry\n> $ make newts",
    "ascii": "newts | frogs\n^ this",
}


@pytest.mark.parametrize("text", PRINTED.values(), ids=PRINTED)
def test_what_a_program_prints_is_told(text: str) -> None:
    around = f"It fails since Monday.\n\n{text}\n\nI think that the pond is dry."
    lines = around.split("\n")
    assert has_console(around)
    assert "\n".join("\n".join(lines[start:end]) for start, end in console_runs(lines)) == text
    read = [around[block.start : block.end] for block in blocks_of_text(around) if block.shape != Shape.CODE]
    assert read == ["It fails since Monday.", "I think that the pond is dry."]


@pytest.mark.parametrize("text", SAID.values(), ids=SAID)
def test_what_people_write_is_no_console(text: str) -> None:
    assert list(console_runs(text.split("\n"))) == []
    assert Shape.CODE not in {block.shape for block in blocks_of_text(text)}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"So:\n{PYTHON}\nWhat is wrong?", ["So:", "What is wrong?"]),
        (f"So:\n{SHELL}\nI do not know why it does that", ["So:", "I do not know why it does that"]),
        (
            f"So:\n{SHELL}\nthat is what it says, and it is wrong.\n- so much for it",
            ["So:", "that is what it says, and it is wrong.", "so much for it"],
        ),
        (f"So:\n{LOG}\nThe pond is dry.", ["So:", "The pond is dry."]),
        (f"So:\n{JAVA}\nThe pond is dry.", ["So:", "The pond is dry."]),
        (f"```\nSo:\n```\n{GCC}\nYes.", ["Yes."]),
        (f"    {SHELL}", [f"{SHELL.splitlines()[0]}", *SHELL.splitlines()[1:]]),
    ],
)
def test_words_right_above_and_below_stay(text: str, said: list[str]) -> None:
    assert [text[block.start : block.end] for block in blocks_of_text(text) if block.shape != Shape.CODE] == said


@pytest.mark.parametrize("text", PRINTED.values(), ids=PRINTED)
def test_in_markdown_it_stands_as_code_and_loses_nothing(text: str) -> None:
    around = from_markdown(f"It *fails*:\n{text}\n\nI think that the pond is dry.").text
    assert around == f"It fails:\n\n```\n{text}\n```\n\nI think that the pond is dry."


@pytest.mark.parametrize("text", SAID.values(), ids=SAID)
def test_in_markdown_what_people_write_is_no_code(text: str) -> None:
    assert "```" not in from_markdown(text).text


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        (f"```\n{GCC}\n```\nYes.", f"```\n{GCC}\n```\n\nYes."),
        (f"~~~\n{GCC}\n~~~\n{MAKE}", f"```\n{GCC}\n```\n\n```\n{MAKE}\n```"),
        (f"<pre>\n{SHELL}\n</pre>\nYes.", f"```\n{SHELL}\n```\n\nYes."),
        (f"So:\n\n    {LEVELS}", f"So:\n\n```\n{LEVELS}\n```"),
        (f"{MISSING}\r\nYes.", f"```\n{MISSING}\n```\n\nYes."),
        (f"> {MISSING}\n\nYes.", f"> {MISSING}\n\nYes."),
    ],
    ids=["fenced", "fenced and not", "kept", "indented", "line ends", "quoted"],
)
def test_what_is_code_already_stays_as_it_is(markup: str, text: str) -> None:
    assert from_markdown(markup).text == text


HOSTILE = {
    "frames": "\tat a.b(c.java:1)\n",
    "heads": "a.bError: c\n",
    "files": 'File "a", line 1\n',
    "raised": "a.b: c\n",
    "prompts": "$ b\n",
    "words": "$ ls\n" + "A" + " b" * 30_000 + "/\n",
    "logs": "2024-03-04 10:00:01 a\n",
    "complaints": "a.c:1:1: error: b\n",
    "carets": "a.c:1:1: error: b\n" + "^" * 400_000,
    "spaces": "a.c:1:1: error: b\n" + " " * 400_000,
    "dots": "a.a" * 20 + "\n",
    "blank": "\n",
    "colons": ": ",
    "addresses": "@a:",
    "long": "a" * 600 + ":1 ",
    "at": "at " + "a " * 90 + "(",
}


@pytest.mark.parametrize("line", HOSTILE.values(), ids=HOSTILE)
def test_it_takes_time_in_proportion_to_the_text(line: str) -> None:
    assert_in_proportion(
        lambda size: ((line * size)[: 20 * size] + "x").split("\n"), lambda lines: list(console_runs(lines)), small=2000
    )
    assert_in_proportion(lambda size: (line * size)[: 20 * size], has_console, small=2000)
