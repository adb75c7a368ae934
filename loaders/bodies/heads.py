"""Where a mail repeats the mail that it answers without marking it: by a line, or by the head that programs write."""

from __future__ import annotations

import re

ORIGINAL = re.compile(
    r"-{2,}[ \t]*(?:(?:Original|Forwarded) Message|(?:Ursprüngliche|Weitergeleitete|Originale) Nachricht"
    r"|Message (?:d['’]origine|original|transféré)|Mensaje (?:original|reenviado)|Mensagem (?:original|encaminhada)"
    r"|Messaggio (?:originale|inoltrato)|(?:Oorspronkelijk|Doorgestuurd) bericht|Originalmeddelande)"
    r"[ \t]*-{2,}|Begin forwarded message:",
    re.IGNORECASE,
)
# The line with which a mailer introduces what it quotes.
WROTE = (
    r".{0,300}\b(?:wrote|writes|schrieb|écrit|escribió|ha scritto|schreef)"
    r"(?:\s(?:on|am|at|le|el|il|op)\s.{0,60}\d.{0,5})?\s?:"
)
ATTRIBUTION = re.compile(WROTE + r"\s*\Z")
# The fields of such a head, in the languages of Outlook: who, when, and about what.
WHO = re.compile(r"\*?(?:From|Von|De|Da|Van|Från|Fra|Od|Lähettäjä|发件人|差出人)\s?:\*?\s*\S", re.IGNORECASE)
WHEN = re.compile(
    r"\*?(?:Sent|Date|Gesendet|Datum|Envoyé|Enviad[oa](?: el| em)?|Fecha|Inviato|Data|Verzonden|Skickat|Sendt|Wysłano"
    r"|Lähetetty|发送时间|日期|送信日時)\s?:\*?\s*\S",
    re.IGNORECASE,
)
ABOUT = re.compile(
    r"\*?(?:Subject|Betreff|Objet|Asunto|Assunto|Oggetto|Onderwerp|Ämne|Emne|Temat|Aihe|主题|件名)\s?:", re.IGNORECASE
)
LONGEST = 15  # lines of a head; the addresses of many go over several
OTHERWISE = re.compile(r" {0,3}[|:#}%\"“„«]|\t| {4}")
AT = re.compile(r"\d{1,2}[:.h]\d\d|\b(?:19|20)\d\d\b")


def begins_answered_mail(lines: list[str], at: int) -> bool:
    """True for the line with which the mail that is answered begins: `Original Message`, or the first of its head."""
    line = lines[at].strip()
    if ORIGINAL.fullmatch(line):
        return True
    return begins_head(lines, at) and not (at and ORIGINAL.fullmatch(line_above(lines, at)))


def line_above(lines: list[str], at: int) -> str:
    """The line before, or the one above a blank line there."""
    place = at - 1 if lines[at - 1].strip() or at < 2 else at - 2
    return lines[place].strip()


def begins_head(lines: list[str], at: int) -> bool:
    """True where a head begins: a field that says who, and below it one that says when, and one about what."""
    if at >= len(lines) or not WHO.match(lines[at].strip()):
        return False
    fields = []
    for line in lines[at + 1 : at + LONGEST]:
        if not line.strip():
            break
        fields.append(line.strip())
    return any(WHEN.match(field) for field in fields) and any(ABOUT.match(field) for field in fields)


def is_written_attribution(lines: list[str], at: int) -> bool:
    """True for an attribution as programs write it, with a time, unless some other mark of quotation stands below."""
    line = lines[at][:400].strip()
    if not ATTRIBUTION.fullmatch(line) or not AT.search(line):
        return False
    below = next((later_line for later_line in lines[at + 1 : at + LONGEST] if later_line.strip()), "")
    return not OTHERWISE.match(below)
