"""Texts of Jira as HTML: the wiki markup of its second interface, and the document objects of its third."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Mapping

MACRO = re.compile(r"\{(code|noformat|quote|panel)(?::[^{}\n]{0,500})?\}")
SHAPING = re.compile(r"\{(?:color|anchor|toc)(?::[^{}\n]{0,500})?\}")
LITERAL = frozenset({"code", "noformat"})
LINE = re.compile(r"\s{0,9}(?:(?P<head>h[1-6]|bq)\.\s+|(?P<list>[*#-]{1,9})\s+)(?P<words>.*)")
RULE = re.compile(r"\s*-{4,5}\s*")
ROW = re.compile(r"\s*\|")
CELLS = re.compile(r"\|\|?")
# What stands within a line: code, links and people, pictures, line breaks, escapes, and the marks of emphasis.
INLINE = re.compile(
    r"\{\{(?P<mono>[^{}\n]{1,500})\}\}"
    r"|\[(?P<link>[^\[\]\n]{1,2000})\]"
    r"|(?<!\w)!(?P<picture>[^\s!|][^!\n|]{0,300}(?:\|[^!\n]{0,300})?)!(?!\w)"
    r"|(?P<end>\\\\)|\\(?P<sign>[^\w\s])"
    r"|(?<![\w*])\*(?=[^\s*])(?P<bold>[^*\n]{1,500})(?<=\S)\*(?![\w*])"
    r"|(?<![\w_])_(?=[^\s_])(?P<italic>[^_\n]{1,500})(?<=\S)_(?![\w_])"
    r"|(?<![\w+])\+(?=[^\s+])(?P<new>[^+\n]{1,500})(?<=\S)\+(?![\w+])"
    r"|(?<![\w-])-(?=[^\s-])(?P<gone>[^-\n]{1,500})(?<=\S)-(?![\w-])"
    r"|\?\?(?P<cited>[^?\n]{1,500})\?\?"
)
PICTURE = re.compile(r"\.(?:png|jpe?g|gif|svg|bmp|webp|mp4)(?:\||\Z)", re.IGNORECASE)
WEB = re.compile(r"(?:https?|ftp|mailto):", re.IGNORECASE)
BLOCKS = {
    "paragraph": "p",
    "heading": "p",
    "blockquote": "blockquote",
    "bulletList": "ul",
    "orderedList": "ol",
    "taskList": "ul",
    "decisionList": "ul",
    "listItem": "li",
    "taskItem": "li",
    "decisionItem": "li",
    "codeBlock": "pre",
    "panel": "div",
    "expand": "div",
    "nestedExpand": "div",
    "table": "table",
    "tableRow": "tr",
    "tableCell": "td",
    "tableHeader": "td",
}
MARKS = {"code": "code", "strike": "s"}

People = Mapping[str, str]


def as_html(body: object, people: People) -> str:
    """What a field of Jira says, in whichever of the two forms; people that are called by account are named."""
    if isinstance(body, str):
        return wiki_as_html(body.replace("\r\n", "\n"), people)
    return document_as_html(body, people)


def wiki_as_html(markup: str, people: People) -> str:
    """Wiki markup as HTML; a block of code that is never closed is none.

    >>> wiki_as_html("h2. Roof\\n*Wet*, [~ann]: {{a_b}} and [see|https://roof.example]", {"ann": "Ann Berg"})
    '<p>Roof<p>Wet, @Ann Berg: <code>a_b</code> and <a href="https://roof.example">see</a>'
    """
    parts, at, quoting = list[str](), 0, False
    last = {name: markup.rfind(f"{{{name}}}") for name in LITERAL}
    for macro in MACRO.finditer(markup):
        if macro.start() < at or (macro[1] in LITERAL and last[macro[1]] < macro.end()):
            continue
        parts.append(lines_as_html(markup[at : macro.start()], people))
        at = macro.end()
        if macro[1] in LITERAL:
            end = markup.index(f"{{{macro[1]}}}", at)
            parts.append(f"<pre>{html.escape(markup[at:end].strip(chr(10)))}</pre>")
            at = end + len(macro[1]) + 2
        elif macro[1] == "quote":
            quoting = not quoting
            parts.append("<blockquote>" if quoting else "</blockquote>")
        elif macro[1] == "panel":
            parts.append("<p>")
    return "".join(parts) + lines_as_html(markup[at:], people)


def lines_as_html(text: str, people: People) -> str:
    """Lines without blocks in them: headings, quoted lines, items of lists, rows of tables, and all others."""
    parts, number, due = list[str](), 0, ""
    for line in SHAPING.sub("", text).split("\n"):
        match = LINE.fullmatch(line)
        number = number + 1 if match and (match["list"] or "").endswith("#") else 0
        if not line.strip() or RULE.fullmatch(line):
            due = "<p>" if parts else ""
        elif ROW.match(line):
            cells = "".join(f"<td>{inline_as_html(cell, people)}</td>" for cell in CELLS.split(line.strip().strip("|")))
            parts.append(f"<table><tr>{cells}</tr></table>")
            due = ""
        elif match and match["head"]:
            tag = "blockquote" if match["head"] == "bq" else "p"
            parts.append(f"<{tag}>{inline_as_html(match['words'], people)}" + ("</blockquote>" if tag != "p" else ""))
            due = "<p>"
        else:
            mark = f"{number}. " if number else "- "
            words = mark + inline_as_html(match["words"], people) if match else inline_as_html(line.strip(), people)
            parts.append(due + words)
            due = "<br>"
    return "".join(parts)


def inline_as_html(text: str, people: People) -> str:
    """The inside of a line, without its marks."""
    return "".join(inline_pieces(text, people, depth=0))


def inline_pieces(text: str, people: People, depth: int) -> Iterator[str]:
    """What stands in a line; marks within marks are read three deep."""
    at = 0
    for match in INLINE.finditer(text):
        yield html.escape(text[at : match.start()], quote=False)
        yield inline_piece(match, people, depth)
        at = match.end()
    yield html.escape(text[at:], quote=False)


def inline_piece(match: re.Match[str], people: People, depth: int) -> str:
    """One of them as HTML."""
    kind, words = next((kind, words) for kind, words in match.groupdict().items() if words is not None)
    if kind in SHOWN:
        return SHOWN[kind](words)
    if kind == "link":
        return link_as_html(words, people) or html.escape(match[0])
    if depth > 2:
        return html.escape(words)
    inside = "".join(inline_pieces(words, people, depth + 1))
    return f"<s>{inside}</s>" if kind == "gone" else inside


SHOWN: dict[str, Callable[[str], str]] = {
    "mono": lambda words: f"<code>{html.escape(words)}</code>",
    "picture": lambda words: "" if PICTURE.search(words) or WEB.match(words) else f"!{html.escape(words)}!",
    "end": lambda words: "<br>",
    "sign": html.escape,
}


def link_as_html(words: str, people: People) -> str:
    """A link, a person that is called, or a file; nothing for brackets that are none of these."""
    name, bar, target = words.rpartition("|")
    target = target.strip()
    if target.startswith("~"):
        return html.escape(person_as_called(target[1:], people))
    if WEB.match(target):
        return f'<a href="{html.escape(target)}">{html.escape((name or target).partition("|")[0])}</a>'
    if target.startswith("^"):
        return html.escape(name or target[1:])
    return html.escape(name) if bar and target.startswith("#") else ""


def person_as_called(account: str, people: People) -> str:
    """A person by the name that others have for them, with `@` before it."""
    account = account.removeprefix("accountid:")
    return f"@{people.get(account, account)}"


def document_as_html(document: object, people: People) -> str:
    """A document object as HTML, by a stack of its own, for its nodes may nest deep.

    >>> said = {"type": "text", "text": "a < b"}
    >>> document_as_html({"type": "doc", "content": [{"type": "blockquote", "content": [said]}]}, {})
    '<blockquote>a &lt; b</blockquote>'
    """
    parts, waiting = list[str](), [document]
    while waiting:
        node = waiting.pop()
        if isinstance(node, str):
            parts.append(node)
        elif isinstance(node, dict):
            tag = BLOCKS.get(str(node.get("type")))
            content = node.get("content")
            parts.append(f"<{tag}>" if tag else "")
            parts.append(node_words(node, people))
            waiting.append(f"</{tag}>" if tag else "")
            waiting.extend(reversed(content) if isinstance(content, list) and are_nodes(content) else ())
    return "".join(parts)


def are_nodes(content: list[object]) -> bool:
    """True for nodes alone: a string among them would be markup."""
    return not any(isinstance(child, str) for child in content)


def node_words(node: Mapping[str, object], people: People) -> str:
    """What a node says besides the nodes within it."""
    attributes = node.get("attrs")
    attrs = attributes if isinstance(attributes, dict) else {}
    kind = node.get("type")
    if kind == "text":
        return marked_text(node)
    if kind == "mention":
        name = person_as_called(str(attrs.get("id")), people) if not attrs.get("text") else str(attrs["text"])
        return html.escape(name if name.startswith("@") else f"@{name}")
    if kind in ("inlineCard", "blockCard", "embedCard"):
        url = html.escape(str(attrs.get("url") or ""))
        return f'<a href="{url}">{url}</a>'
    if kind in ("emoji", "status", "expand", "nestedExpand"):
        return html.escape(str(attrs.get("text") or attrs.get("title") or attrs.get("shortName") or ""))
    return "<br>" if kind == "hardBreak" else "<p>" if kind == "rule" else ""


def marked_text(node: Mapping[str, object]) -> str:
    """A text with the marks that plain text can show, and where it leads."""
    words = html.escape(str(node.get("text") or ""))
    marks = node.get("marks")
    for mark in marks if isinstance(marks, list) else ():
        kind = str(mark.get("type")) if isinstance(mark, dict) else ""
        if kind in MARKS:
            words = f"<{MARKS[kind]}>{words}</{MARKS[kind]}>"
        elif kind == "link" and isinstance(mark.get("attrs"), dict):
            words = f'<a href="{html.escape(str(mark["attrs"].get("href") or ""))}">{words}</a>'
    return words
