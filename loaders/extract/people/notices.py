"""Words that only programs and moderators say about the discussion itself: what was removed, locked, counted, noted."""

from __future__ import annotations

import re

READ = 4_000  # characters at each end of a comment that are looked at
HINTS = (
    "automatic", "a bot", "removed", "locked", "locking", "archived", "delta", "remind", "messaging you", "mod",
    "moved", "merging", "slow mode", "reminder", "{{clos", "{{archive", "discussion is closed",
    "result of the discussion",
)  # fmt: skip
QUOTED = re.compile(r"^[ \t]{0,3}(?:>|&gt;).*$|\"[^\"\n]{0,400}\"|“[^”\n]{0,400}”|`[^`\n]*`", re.MULTILINE)
THIS = r"(?:this|your) (?:post|thread|topic|submission|comment|question|discussion|conversation|issue|pull request|PR)"
DONE = r"(?:has been|was|is|will be|have been|is being)"
# At the beginning, perhaps after whom it is said to.
GREETED = r"\W*(?:(?:hi|hello|hey|sorry|greetings|thanks|thank you)\b[^.!?\n:]{0,80}[,.!:–—-]\s*)?"
REMOVED = re.compile(
    rf"{GREETED}(?:unfortunately,?\s|sorry,?\s(?:but\s)?)?(?:{THIS} {DONE} (?:automatically |temporarily )?removed"
    r"(?=,?\s(?:as|because|for|under|per|due to|by (?:the|a) mod\w*|from r/|since|pending|until)\b|\s?[:.!]|\s?$)"
    rf"|{THIS} {DONE} (?:now )?(?:locked|archived)(?=,?\s(?:as|because|for|due to|by|since|to|until)\b|\s?[.!]|\s?$)"
    rf"|{THIS} {DONE} (?:now )?automatically (?:marked|locked|closed|flagged|archived|held|filtered))\b",
    re.IGNORECASE,
)
# Anywhere in its own words: a program says what it is.
AUTOMATIC = re.compile(
    r"\bI(?:['’]m| am) (?:just )?an? (?:automated )?bot\b.{0,200}?\b(?:automatically|beep|boop|contact|feedback|source"
    r"|FAQ|message|creator|opt[ -]?out|delete|info)\b"
    r"|\b(?:this|the above) (?:action|comment|message|reply|notice) (?:was|is|has been) (?:performed |posted |made |"
    r"generated |sent |written )?(?:automatically|by a bot)\b",
    re.IGNORECASE | re.DOTALL,
)
COUNTED = re.compile(
    r"\W*(?:confirmed:\s\d+ deltas? awarded to|this delta has been rejected|i will be messaging you (?:in|on)\b"
    r"|(?:!remind ?me|remind ?me!)\s?[^\n]{0,60}\W*$)",
    re.IGNORECASE,
)

# Moderators of several comments, of the thread, and those who close a discussion of a wiki.
MODERATED = re.compile(
    r"\W*(?:(?:\d+|one|two|three|four|five|several|some|a few|a number of|multiple) (?:comments?|posts?|replies|reply)"
    r" (?:(?:has|have) been |was |were )?removed (?:under|for|per|due to|because|as)\b"
    r"|removed (?:under|for|per) rule\b|(?:mod(?:erator)?s?|admin) (?:note|notice|hat on|here|edit|comment)\b\W"
    r"|\[mod(?:erator)?\]"
    r"|(?:i['’]m |i am |we['’]re |we are )?locking (?:this|the) (?:thread|topic|post|comments?|discussion)\b"
    r"|(?:thread|topic|comments?|post) (?:is |are )?(?:now )?locked\b(?!\s*(?:in|up|out|away)\b)"
    # The names of the boards are quoted, and so are not here.
    r"|moved (?:this )?(?:from(?:\s+#[\w-]+)?\s+to\s*[.!]|(?:from\s+#[\w-]+\s+)?to(?:\s+#[\w-]+)?\s*[.!]?\s*$)"
    r"|slow mode is (?:now )?on\b|reminder:? (?:that )?top[ -]level comments\b"
    r"|merging (?:this )?(?:with|into) (?:the )?(?:other|older|existing) (?:thread|topic)\b"
    r"|\{\{(?:closed|close|archive top|archivetop|discussion top|rfc top)\b"
    r"|the following (?:discussion is closed|is (?:a closed|an archived) discussion)"
    r"|the result of the (?:discussion|debate|rfc|request) (?:was|is)\b)",
    re.IGNORECASE,
)


def is_notice(text: str) -> bool:
    """True for what a program or a moderator says about the discussion itself, in words of their own.

    >>> is_notice("*I am a bot, and this action was performed automatically.*"), is_notice("I think you are a bot.")
    (True, False)
    """
    ends = text if len(text) <= 2 * READ else f"{text[:READ]}\n{text[-READ:]}"
    low = ends.lower()
    if not any(hint in low for hint in HINTS):
        return False
    own = QUOTED.sub("", ends)
    opens = any(form.match(own) for form in (REMOVED, COUNTED, MODERATED))
    return opens or AUTOMATIC.search(own) is not None
