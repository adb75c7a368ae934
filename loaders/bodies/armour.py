"""What is no words within the words of a mail: what signs or encrypts them, keys, and files in letters (uuencode)."""

from __future__ import annotations

import re

SIGNED = re.compile(
    r"^-----BEGIN PGP SIGNED MESSAGE-----[ \t]*\n(?:(?:Hash|NotDashEscaped|Comment|Version):.*\n)*[ \t]*\n?", re.M
)
ARMOUR = re.compile(
    r"^-----BEGIN (?P<kind>(?!PGP SIGNED )[A-Z][A-Z0-9 ]{2,40})-----[ \t]*\n(?:(?!-----)[^>\n]{0,200}\n){0,4000}+"
    r"-----END (?P=kind)-----[ \t]*$",
    re.M,
)
# A file between words as programs sent it before MIME: each line begins with its length, the last with none.
ENCODED = re.compile(r"^begin [0-7]{3,4} \S.{0,200}\n(?:[ -`]{1,90}\n){0,200000}?end[ \t]*$", re.M)
ESCAPED = re.compile(r"^- (?=-|From )", re.M)


def without_armour(text: str) -> str:
    """The words of a mail without what signs or encrypts them, keys, and files in letters.

    What OpenPGP (RFC 9580, 7) puts before some of the lines that it signs goes, too.

    >>> without_armour("-----BEGIN PGP SIGNED MESSAGE-----\\nHash: SHA1\\n\\nYes.\\n- -- \\nAnn\\n")
    'Yes.\\n-- \\nAnn\\n'
    """
    text = ENCODED.sub("", text) if "begin " in text else text
    if "-----BEGIN " not in text:
        return text
    bare, signed = SIGNED.subn("", ARMOUR.sub("", text))
    return ESCAPED.sub("", bare) if signed else bare
