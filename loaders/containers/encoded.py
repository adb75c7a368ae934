"""Letters beyond ASCII in mail: encoded words (RFC 2047), right or wrong, and bytes in a charset, well named or not."""

from __future__ import annotations

import binascii
import codecs
import quopri
import re
from collections.abc import Iterator
from itertools import groupby

TEXT_CODECS = re.compile(
    r"(?:utf|iso8859|iso2022|iso-|cp|koi8|gb|big5|euc|shift|mac|ascii|tis|hz|latin|ptcp|kz|johab|viscii)"
)
WIDER_CODECS = {"gb2312": "gb18030", "gbk": "gb18030", "euc_kr": "cp949"}  # what is sent under these names
UNSURE_CODECS = ("", "ascii", "iso8859-1")  # what is said where nobody thought about it
WORD = re.compile(r"=\?([^?*\s]{0,60})(?:\*[^?\s]{0,40})?\?([bBqQ])\?(.{0,4000}?)\?=", re.DOTALL)
BASE64 = re.compile(r"[A-Za-z0-9+/]*={0,2}")
FOLD = re.compile(r"[ \t]*\n[ \t]*")
# How names of charsets are written otherwise: x-sjis, win-1251, cp-1252, iso-8859-8-i.
BEFORE = re.compile(r"x[-_]")
WINDOWS = re.compile(r"(?:win|windows|cp|ms)[-_]?(?=\d{3,4}\Z)")
BEHIND = re.compile(r"[-_][ie]\Z")


def encoded_words(value: str) -> str:
    """The value, unfolded, with its encoded words as text; those that are broken stay as they are.

    Of a language that is named (RFC 2231, 5) nothing is kept. A line may end within a word: some programs fold wherever
    a line is full.

    >>> encoded_words("=?utf-8?Q?B=C3=A4cker?= <b@x.example>"), encoded_words("=?utf-8*de?Q?B=C3=\\n A4cker?=")
    ('Bäcker <b@x.example>', 'Bäcker')
    """
    if "=?" not in value:
        return unfold_value(value)
    runs = groupby(encoded_pieces(value), key=lambda piece: piece[0])
    joined_runs = [(charset, b"".join(raw for _, raw in run)) for charset, run in runs]
    return "".join(
        unfold_value(raw.decode()) if charset is None else decode_text(raw, charset) for charset, raw in joined_runs
    )


def encoded_pieces(value: str) -> Iterator[tuple[str | None, bytes]]:
    """What stands in a value: encoded words with their charsets, and what is between, with None."""
    at = 0
    for match in WORD.finditer(value):
        word = encoded_word_bytes(match[2], match[3])
        if word is None:
            continue
        between = value[at : match.start()]
        if between.strip() or not at:  # white space between two words means nothing (RFC 2047, 6.2)
            yield None, between.encode("utf-8", "replace")
        yield match[1].lower(), word
        at = match.end()
    yield None, value[at:].encode("utf-8", "replace")


def encoded_word_bytes(encoding: str, text: str) -> bytes | None:
    """The bytes of an encoded word, None where they cannot be told."""
    if encoding in "bB":
        digits = re.sub(r"\s", "", text)
        return decode_base64(digits.encode()) if BASE64.fullmatch(digits) and len(digits.rstrip("=")) % 4 != 1 else None
    spaced = " " in FOLD.sub("", text)  # which is wrong, but then the end of a line is one, too
    return quopri.decodestring(FOLD.sub(" " if spaced else "", text).encode("utf-8", "replace"), header=True)


def unfold_value(value: str) -> str:
    """A value in one line."""
    return FOLD.sub(" ", value)


def decode_base64(raw: bytes) -> bytes:
    """Base64 as bytes; what is no base64 is passed over."""
    chunks = []
    for digits in re.sub(rb"[^A-Za-z0-9+/=]", b"", raw).split(b"="):  # some mailers pad every line
        usable = digits[: len(digits) - (len(digits) % 4 == 1)]
        chunks.append(binascii.a2b_base64(usable + b"=" * (-len(usable) % 4)))
    return b"".join(chunks)


def decode_text(raw: bytes, charset: str) -> str:
    """Bytes as text: in the charset that is named, where it is known and fits, else in UTF-8, else in Windows-1252.

    UTF-8 that breaks off somewhere is still that.

    >>> decode_text(b"caf\\xe9", "utf-8"), decode_text("é".encode(), "x-unheard-of")
    ('café', 'é')
    >>> decode_text("5 €, ".encode() + b"\\xe2=8", "utf-8")
    '5 €, \ufffd=8'
    """
    name = codec_of(charset.strip().strip("\"'").strip().lower())
    tried = [WIDER_CODECS.get(name, name)] if TEXT_CODECS.match(name) and name not in UNSURE_CODECS else []
    for codec in (*tried, "utf-8"):
        try:
            return raw.decode(codec)
        except UnicodeError:
            continue
    loose = raw.decode("utf-8", errors="replace")
    broken = loose.count("\ufffd")
    read = sum(char > "\x7f" for char in loose) - broken
    return loose if read >= broken else raw.decode("cp1252", errors="replace")


def codec_of(charset: str) -> str:
    """The name that Python has for a charset, empty where it knows none.

    >>> codec_of("utf8"), codec_of("x-win-1251"), codec_of("iso-8859-8-i"), codec_of("x-unheard-of")
    ('utf-8', 'cp1251', 'iso8859-8', '')
    """
    bare = BEHIND.sub("", BEFORE.sub("", charset))
    for name in (charset or "ascii", bare, WINDOWS.sub("cp", bare)):
        try:
            return codecs.lookup(name).name
        except (LookupError, ValueError):
            continue
    return ""
