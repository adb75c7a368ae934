"""Mail that is signed within its words (OpenPGP, RFC 9580, 7): the words without what signs them."""

from __future__ import annotations

import re

SIGNED = re.compile(
    r"^-----BEGIN PGP SIGNED MESSAGE-----[ \t]*\n(?:(?:Hash|NotDashEscaped|Comment|Version):.*\n)*[ \t]*\n?", re.M
)
ARMOUR = re.compile(
    r"^-----BEGIN PGP (?P<kind>SIGNATURE|PUBLIC KEY BLOCK)-----[ \t]*\n(?:[^>\n]{0,200}\n){0,4000}?"
    r"-----END PGP (?P=kind)-----[ \t]*$",
    re.M,
)
ESCAPED = re.compile(r"^- (?=-|From )", re.M)


def unarmoured(text: str) -> str:
    """The words of a mail without its signature of OpenPGP, and without what that put before some of its lines.

    >>> unarmoured("-----BEGIN PGP SIGNED MESSAGE-----\\nHash: SHA1\\n\\nYes.\\n- -- \\nAnn\\n")
    'Yes.\\n-- \\nAnn\\n'
    """
    if "-----BEGIN PGP " not in text:
        return text
    bare, signed = SIGNED.subn("", ARMOUR.sub("", text))
    return ESCAPED.sub("", bare) if signed else bare
