"""A message of RFC 5322 and MIME, read line by line: its header, and the text in it; all else is never held."""

from __future__ import annotations

import quopri
import re
from collections.abc import Callable
from dataclasses import dataclass, field

from rejoinder.loaders.containers.encoded import decode_base64, decode_text, encoded_words

HEADER_BYTES = 256 * 1024  # of one header; the rest of it is not read
LONGEST_VALUE = 8_192  # code points of a field that are read
PART_BYTES = 8 * 1024 * 1024  # of text in one part; the rest of it is not read
MESSAGE_BYTES = 4 * PART_BYTES  # of text in one message with all that are within it
MOST_PARTS = 1_000  # of one message that are looked at
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

    def raw_field(self, name: str) -> str:
        """A field as it stands, unfolded."""
        return self.folded_field(name).replace("\n", " ")

    def words(self, name: str) -> str:
        """A field in which encoded words (RFC 2047) are read."""
        return encoded_words(self.folded_field(name))

    def folded_field(self, name: str) -> str:
        """A field in its lines; empty where there is none. What is beyond ASCII is UTF-8 or Windows-1252."""
        value = b"\n".join(line.strip() for line in self.fields.get(name, ())[:LONGEST_VALUE])
        return decode_text(value[: 4 * LONGEST_VALUE], "utf-8")[:LONGEST_VALUE].strip()


@dataclass(slots=True)
class Part:
    """A part of a message that holds text."""

    kind: str
    charset: str
    encoding: str
    parameters: dict[str, str]
    place: int  # where it stands: the parts of one multipart/alternative stand in one place
    group: int  # the multipart/alternative that it stands in, 0 outside any
    line: int = 0  # how many lines of the message stand above it
    is_file: bool = False  # whether it has the name of a file: a patch or a log, shown below the words
    lines: list[bytes] = field(default_factory=list)
    size: int = 0

    def text(self) -> str:
        """The words of the part."""
        raw = b"\n".join(self.lines)
        if self.encoding == "base64":
            raw = decode_base64(raw)
        elif self.encoding == "quoted-printable":
            raw = quopri.decodestring(raw)
        return decode_text(raw, self.charset).replace("\r\n", "\n").replace("\r", "\n")


@dataclass(frozen=True, slots=True)
class Multipart:
    """A multipart that is open: what parts it, the multipart/alternative that it is or stands in, and what its parts
    are that do not say it."""

    mark: bytes
    group: int
    kind: str


@dataclass(slots=True)
class Room:
    """How many bytes of text may still be held of a message and of those within it."""

    bytes_left: int = MESSAGE_BYTES


class Message:
    """Takes the lines of one message after its `From ` line; `parts` are its texts that are no attachments.

    Of a message for whose header `gathering` is true, `within` are those in its multipart/digest, each with the number
    of lines above it. All other messages within a message are left out.
    """

    def __init__(self, gathering: Callable[[Header], bool] = lambda header: False, room: Room | None = None) -> None:
        self.header = Header()
        self.parts: list[Part] = []
        self.within: list[tuple[int, Message]] = []
        self.gathering, self.gathers = gathering, False
        self.room = room or Room()
        self.multiparts: list[Multipart] = []  # those that are open, outermost first
        self.open: Header | None = self.header  # the header that is being read
        self.part: Part | None = None
        self.inner: Message | None = None  # the message within this one that is being read
        self.unparted: Part | None = None  # the words of a multipart before its first boundary, which may never come
        self.count = self.line = 0
        self.truncated = False

    def add(self, line: bytes) -> None:
        """The next line, without its end."""
        self.line += 1
        if self.multiparts and line.startswith(b"--") and self.boundary(line.rstrip()):
            return
        if self.inner is not None:
            self.inner.add(line)
        elif self.open is None:
            self.keep(line)
        elif line.strip():
            self.open.add(line)
        else:
            self.begin(self.open)
            self.open = None

    def boundary(self, line: bytes) -> bool:
        """True for a line that ends a part: that of the innermost multipart that it names."""
        for depth in range(len(self.multiparts) - 1, -1, -1):
            mark = b"--" + self.multiparts[depth].mark
            if line.startswith(mark) and self.unparted is not None:
                self.parts, self.unparted = [part for part in self.parts if part is not self.unparted], None
            if line == mark:
                del self.multiparts[depth + 1 :]
                self.part, self.inner, self.open = None, None, Header()
                return True
            if line == mark + b"--":
                del self.multiparts[depth:]
                self.part = self.inner = self.open = None
                return True
        return False

    def begin(self, header: Header) -> None:
        """A header is over: what comes is a multipart, a message, text to keep, or nothing of interest."""
        self.count += 1
        around = self.multiparts[-1] if self.multiparts else Multipart(b"", 0, "text/plain")
        kind, parameters = content_type(header.raw_field("content-type"), around.kind)
        if header is self.header:
            self.gathers = self.gathering(header)
        if kind.startswith("multipart/") and parameters.get("boundary") and len(self.multiparts) < DEEPEST:
            self.divide(header, kind, parameters["boundary"], around.group)
        elif kind == around.kind == "message/rfc822" and self.gathers and self.count <= MOST_PARTS:
            self.inner = Message(room=self.room)
            self.within.append((self.line, self.inner))
        elif kind in ("text/plain", "text/html") and not is_attached(header) and self.count <= MOST_PARTS:
            encoding = header.raw_field("content-transfer-encoding").lower()
            charset, place = parameters.get("charset", ""), around.group or self.count
            self.part = Part(kind, charset, encoding, parameters, place, around.group, self.line, is_file(header))
            self.parts.append(self.part)

    def divide(self, header: Header, kind: str, boundary: str, group: int) -> None:
        """A multipart begins."""
        group = self.count if kind == "multipart/alternative" else group
        mark = boundary.encode("utf-8", "replace").rstrip()
        inside = "message/rfc822" if kind == "multipart/digest" else "text/plain"  # RFC 2046, 5.1.5
        self.multiparts.append(Multipart(mark, group, inside))
        if header is self.header:
            self.part = self.unparted = Part("text/plain", "", "", {}, 0, 0, self.line)
            self.parts.append(self.part)

    def keep(self, line: bytes) -> None:
        """A line of a body."""
        if self.part is None or (self.part is self.unparted and NOTICE in line):
            return
        self.part.size += len(line) + 1
        self.room.bytes_left -= len(line) + 1
        if self.part.size > PART_BYTES or self.room.bytes_left < 0:
            self.truncated = True
            return
        self.part.lines.append(line)


def is_attached(header: Header) -> bool:
    """True for a part that is an attachment."""
    return header.raw_field("content-disposition").lower().startswith("attachment")


def is_file(header: Header) -> bool:
    """True for a part that has the name of a file."""
    return "filename" in parameters_of(header.raw_field("content-disposition")) or "name" in parameters_of(
        header.raw_field("content-type")
    )


def content_type(value: str, default: str = "text/plain") -> tuple[str, dict[str, str]]:
    """Kind and parameters of a part (RFC 2045, 5.1); the default where nothing sensible is said.

    >>> content_type('Text/HTML; charset="utf-8"; format=flowed')
    ('text/html', {'charset': 'utf-8', 'format': 'flowed'})
    """
    kind = value.partition(";")[0].strip().lower()
    return (kind if re.fullmatch(r"[\w.+-]+/[\w.+-]+", kind) else default), parameters_of(value)


def parameters_of(value: str) -> dict[str, str]:
    """The parameters of a field by their names in lower case."""
    parameters: dict[str, str] = {}
    for match in PARAMETER.finditer(value):
        unquoted = re.sub(r"\\(.)", r"\1", match[2]) if match[2] is not None else match[3]
        parameters.setdefault(match[1].lower().rstrip("*").removesuffix("*0"), unquoted.rpartition("''")[2])
    return parameters
