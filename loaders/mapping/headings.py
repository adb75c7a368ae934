"""What exports call the fields of a comment: the names that each field of a map goes by."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

# How exports call things, the likeliest first; only the letters count, so `user.name` is "username" and `réponse à` is
# "reponsea". What stands after the bar means that only where nothing before it is there, and never surely; so do the
# names in German, French and Spanish, which stand last.
WORDS = {
    "id": "id commentid messageid msgid replyid entryid uuid guid | key postid nr no number"
    " nummer kommentarnr beitragsnr lfdnr numero num nro",
    "thread": "thread threadid topic topicid discussion discussionid conversationid storyid articleid postid"
    " commentpostid linkid | diskussion hilo",
    "parent": "parent parentid replyto inreplyto inreplytoid replytoid parentcommentid parentcomment"
    " commentparent parentmessageid referencemessageid repliesto responseto answerto"
    " | antwortauf antwortzu inantwortauf reponsea enreponsea respuestaa enrespuestaa",
    "author": "authorname username authorusername userusername userlogin authorlogin userdisplayname byname"
    " whoname fromname creatorname author commentauthor by user login displayname nick nickname creator from who"
    " poster speaker name | userid authorid"
    " verfasser verfasserin autor autorin benutzername benutzer nutzer auteur utilisateur pseudo usuario nombre nom",
    "created": "created createdat createdutc date datetime commentdate creationdate postedat posted published"
    " publishedat timestamp time at when"
    " | datum erstellt zeitpunkt zeitstempel zeit horodateur heure fecha hora marcatemporal",
    "text": "text body content message comment commenttext commentbody commentcontent messagetext"
    " | post reply remark html raw"
    " kommentar beitrag nachricht inhalt texte commentaire contenu texto comentario mensaje contenido",
    "link": "url link permalink htmlurl commenturl | lien enlace",
    "thread_title": "threadtitle topictitle discussiontitle posttitle articletitle storytitle title"
    " | thema titel betreff titre sujet titulo asunto tema",
    "thread_url": "threadurl topicurl discussionurl posturl articleurl storyurl",
    "children": "replies children answers comments responses",
}
NAMES = {field: words.replace("|", " ").split() for field, words in WORDS.items()}
SURE = {field: words.partition("|")[0].split() for field, words in WORDS.items()}
LETTERS = re.compile(r"[^a-z]")

Fields = dict[str, str]


def letters(name: str) -> str:
    """The letters of a name without their accents, by which it is known."""
    plain = unicodedata.normalize("NFKD", re.sub(r" \(\d+\)$", "", name).lower())
    return LETTERS.sub("", plain)


def fields_of(keys: Sequence[str]) -> Fields:
    """The key for each field that one of them is named like."""
    key_by_field: Fields = {}
    for field, names in NAMES.items():
        of_list = field == "children"
        fitting = [key for key in keys if letters(key) in names and key.endswith("[]") == of_list]
        free = [key for key in fitting if key not in key_by_field.values()]
        if free and (field not in ("thread_title", "thread_url") or "thread" in key_by_field):
            key_by_field[field] = min(free, key=lambda key: names.index(letters(key)))
    return key_by_field
