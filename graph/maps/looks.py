"""How each kind of move is drawn, on pages and in pictures alike."""

from __future__ import annotations

from rejoinder.records import Kind, with_wider_kinds

_DRAWN_KINDS = ((Kind.OBJECTION, "objection"), (Kind.SUPPORT, "support"), (Kind.REPLY, "reply"))
_LOOKS = {
    str(kind): next((name for wider, name in _DRAWN_KINDS if wider in with_wider_kinds(kind)), "link") for kind in Kind
}


def look_of_kind(kind: str) -> str:
    """The look of a move of this kind: objection, support, reply or link; what is no move looks like a claim.

    >>> look_of_kind("Counter"), look_of_kind("Question"), look_of_kind("Quotation"), look_of_kind("Comment")
    ('objection', 'reply', 'link', 'claim')
    """
    return _LOOKS.get(kind, "claim")
