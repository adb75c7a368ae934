"""A message of RFC 5322 and MIME, read line by line: its header, and the text in it; all else is never held."""

from __future__ import annotations

import quopri
import re
from dataclasses import dataclass, field

from rejoinder.loaders.containers.encoded import decoded, encoded_words, unbased

HEADER_BYTES = 256 * 1024  # of one header; the rest of it is not read
VALUE = 8_192  # code points of a field that are read
PART_BYTES = 8 * 1024 * 1024  # of text in one message; the rest of it is not read
PARTS = 1_000  # of one message that are looked at
DEEPEST = 50  # multiparts within each other
FIELD = re.compile(rb"([!-9;-~]{1,80})[ \t]*:(.*)", re.DOTALL)
PARAMETER = re.compile(r';\s*([\w!#$&+.^`|~*-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*+)"|([^;\s]*))', re.DOTALL)
NOTICE = b"multi-part message in MIME format"  # what mailers tell those that know no MIME


@dataclass(slots=True)
class Header:
    """The fields of a message or part; names in lower case, the first of each name counts."""

    fields: dict[str, list[bytes]] = field(default_factory=dict)
    last: str = ""
    size: int = 0

    def add(self, line: bytes) -> None:
        """A line of the header: a field, or what goes on with the one before."""
        self.size += len(line)
        if self.size > HEADER_BYTES:
            return
        match = FIELD.fullmatch(line)
        if line[:1] in (b" ", b"\t"):
            if self.last:
                self.fields[self.last].append(line)
        elif match:
            name = match[1].decode("ascii").lower()
            self.last = "" if name in self.fields else name
            self.fields.setdefault(name, [match[2].strip()])

    def raw(self, name: str) -> str:
        """A field as it stands, unfolded."""
        return self.folded(name).replace("\n", " ")

    def words(self, name: str) -> str:
        """A field in which encoded words (RFC 2047) are read."""
        return encoded_words(self.folded(name))

    def folded(self, name: str) -> str:
        """A field in its lines; empty where there is none. What is beyond ASCII is UTF-8 or Windows-1252."""
        value = b"\n".join(one.strip() for one in self.fields.get(name, ())[:VALUE])
        return decoded(value[: 4 * VALUE], "utf-8")[:VALUE].strip()


@dataclass(slots=True)
class Part:
    """A part of a message that holds text."""

    kind: str
    charset: str
    encoding: str
    parameters: dict[str, str]
    place: int  # where it stands: the parts of one multipart/alternative stand in one place
    group: int  # the multipart/alternative that it stands in, 0 outside any
    lines: list[bytes] = field(default_factory=list)
    size: int = 0

    def text(self) -> str:
        """The words of the part."""
        raw = b"\n".join(self.lines)
        if self.encoding == "base64":
            raw = unbased(raw)
        elif self.encoding == "quoted-printable":
            raw = quopri.decodestring(raw)
        return decoded(raw, self.charset).replace("\r\n", "\n").replace("\r", "\n")


class Message:
    """Takes the lines of one message after its `From ` line; `parts` are its texts that are no attachments."""

    def __init__(self) -> None:
        self.header = Header()
        self.parts: list[Part] = []
        self.boundaries: list[tuple[bytes, int]] = []  # of the open multiparts, outermost first, with their groups
        self.open: Header | None = self.header  # the header that is being read
        self.part: Part | None = None
        self.unparted: Part | None = None  # the words of a multipart before its first boundary, which may never come
        self.count = 0
        self.truncated = False

    def add(self, line: bytes) -> None:
        """The next line, without its end."""
        if self.boundaries and line.startswith(b"--") and self.boundary(line.rstrip()):
            return
        if self.open is None:
            self.keep(line)
        elif line.strip():
            self.open.add(line)
        else:
            self.begin(self.open)
            self.open = None

    def boundary(self, line: bytes) -> bool:
        """True for a line that ends a part: that of the innermost multipart that it names."""
        for depth in range(len(self.boundaries) - 1, -1, -1):
            mark = b"--" + self.boundaries[depth][0]
            if line.startswith(mark) and self.unparted is not None:
                self.parts, self.unparted = [one for one in self.parts if one is not self.unparted], None
            if line == mark:
                del self.boundaries[depth + 1 :]
                self.part, self.open = None, Header()
                return True
            if line == mark + b"--":
                del self.boundaries[depth:]
                self.part, self.open = None, None
                return True
        return False

    def begin(self, header: Header) -> None:
        """A header is over: what comes is a multipart, text to keep, or nothing of interest."""
        self.count += 1
        kind, parameters = content_type(header.raw("content-type"))
        group = self.boundaries[-1][1] if self.boundaries else 0
        if kind.startswith("multipart/") and parameters.get("boundary") and len(self.boundaries) < DEEPEST:
            group = self.count if kind == "multipart/alternative" else group
            self.boundaries.append((parameters["boundary"].encode("utf-8", "replace").rstrip(), group))
            if header is self.header:
                self.part = self.unparted = Part("text/plain", "", "", {}, 0, 0)
                self.parts.append(self.part)
            return
        attached = header.raw("content-disposition").lower().startswith("attachment")
        if kind in ("text/plain", "text/html") and not attached and self.count <= PARTS:
            encoding = header.raw("content-transfer-encoding").lower()
            self.part = Part(kind, parameters.get("charset", ""), encoding, parameters, group or self.count, group)
            self.parts.append(self.part)

    def keep(self, line: bytes) -> None:
        """A line of a body."""
        if self.part is None or (self.part is self.unparted and NOTICE in line):
            return
        self.part.size += len(line) + 1
        if self.part.size > PART_BYTES:
            self.truncated = True
            return
        self.part.lines.append(line)


def content_type(value: str) -> tuple[str, dict[str, str]]:
    """Kind and parameters of a part (RFC 2045, 5.1); text/plain where nothing sensible is said.

    >>> content_type('Text/HTML; charset="utf-8"; format=flowed')
    ('text/html', {'charset': 'utf-8', 'format': 'flowed'})
    """
    kind = value.partition(";")[0].strip().lower()
    found: dict[str, str] = {}
    for match in PARAMETER.finditer(value):
        said = re.sub(r"\\(.)", r"\1", match[2]) if match[2] is not None else match[3]
        found.setdefault(match[1].lower().rstrip("*").removesuffix("*0"), said.rpartition("''")[2])
    return (kind if re.fullmatch(r"[\w.+-]+/[\w.+-]+", kind) else "text/plain"), found
