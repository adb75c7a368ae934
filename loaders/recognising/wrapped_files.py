"""What nothing reads though it holds what could be read: around it stands something else, or a site has it better."""

from __future__ import annotations

import re

LINE = r"[^\r\n]*+\r?\n"
HEADERS = re.compile(rf"\s*(?:HTTP/\d(?:\.\d)? \d{{3}}{LINE}(?:[A-Za-z][\w-]*+:{LINE}(?:[ \t]++{LINE})*+)++\r?\n)++")
PADDED = re.compile(
    r"\s*(?:/\*\*/\s*)?(?:typeof [\w.$]+ === 'function' && )?([A-Za-z_$][\w.$]*+)\(\s*[\[{]\s*[\"{}\[\]]"
)
REMARK = r"(?://[^\r\n]*+|/\*(?:[^*]|\*(?!/))*+\*/)"
REMARKS = re.compile(
    rf"\s*+(?:(?:{REMARK}\s*+)++[\[{{]\s*+|[\[{{]\s*+(?:{REMARK}\s*+)++)(?:{REMARK}\s*+)*+[\"{{}}\[\]]"
)
TELEGRAM = re.compile(r"<title>Exported Data</title>|class=\"page_body (?:chat|list)_page\"")
WEB_ANSWER = (
    "these are the headers that a server sends, with its answer below, as curl -i saves them: fetch it without -i, or "
    "remove all lines above line {}"
)
JSONP = "this is JSONP, JSON within a call: remove {!r} before it and ) behind it, or fetch it without a callback"
REMARKED = "this is JSON with comments in it, which JSON does not allow: remove what stands behind // or within /* */"
HISTORY = (
    "this is what Telegram exports as HTML: export the chat again in Telegram Desktop and choose as its format JSON "
    "(machine-readable), which gives a result.json"
)


def dressed_advice(head: str) -> str | None:
    """What a file that begins so is, and what to do with it; None for any other.

    >>> dressed_advice('HTTP/2 200\\r\\ndate: now\\r\\n\\r\\n[{"id": 1}]')[-29:]
    'remove all lines above line 4'
    >>> dressed_advice('call([{"id": 1}])')[:18]
    'this is JSONP, JSO'
    """
    if headers := HEADERS.match(head):
        return WEB_ANSWER.format(headers[0].count("\n") + 1)
    if padded := PADDED.match(head):
        return JSONP.format(f"{padded[1]}(")
    return REMARKED if REMARKS.match(head) else HISTORY if TELEGRAM.search(head) else None
