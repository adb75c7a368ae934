"""Wikitext as people talk in it: links, lists, quotations, who is called; other templates say nothing."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from itertools import groupby
from urllib.parse import quote, urljoin

from rejoinder.loaders.bodies import Body, Dialect, from_html

DEEPEST = 12  # templates or links within each other that are read
INDENT = re.compile(r"[:*#;]*")
TEMPLATE = re.compile(r"\{\{([^{}]*)\}\}")
WIKI_LINK = re.compile(r"\[\[([^\[\]|\n]*)(?:\|([^\[\]]*))?\]\]")
WEB_LINK = re.compile(r"\[(https?://[^\s\[\]<>\"]{1,2000})[ \t]*([^\[\]\n]*)\]")
EMPHASIS = re.compile(r"'{2,5}")
SPECIAL = str.maketrans({sign: f"&#{ord(sign)};" for sign in "[]{}|<>'=:*#;~&"})
LITERAL = ("nowiki", "pre", "code", "syntaxhighlight", "source")
LEFT_OUT = ("ref", "gallery", "math", "style", "templatestyles")
SHOWN_AS = {"pre": "pre", "syntaxhighlight": "pre", "source": "pre", "code": "code"}
ASIDE = re.compile(r"(?:file|image|category|datei|bild|kategorie|fichier|catégorie|archivo|categoría):", re.IGNORECASE)
MARKUP = re.compile(r"[\[{<&']")
RULE = re.compile(r"-{4,}")
LISTS = ("ul", "ol")
QUOTED_LINE = re.compile(r"\s*<q>((?:[^<]|<(?!/?q>))*+)</q>\s*")
QUOTED_WORDS = re.compile(r"<q>((?:[^<]|<(?!/?q>))*+)</q>")
QUOTING = frozenset({"tq", "tqi", "tq2", "tqb", "tqq", "talkquote", "quote", "blockquote", "quotation", "cquote", "xt"})
QUOTING_BLOCKS = frozenset({"tq2", "tqb", "talkquote", "quote", "blockquote", "quotation", "cquote"})
CALLING = frozenset({"ping", "reply to", "re", "replyto", "reply", "yo", "hidden ping", "ping group"})
NAMING = frozenset({"u", "user", "noping", "no ping", "user link", "userlinks", "np"})
SAYING_WORDS = "agree agreed disagree support oppose keep delete merge neutral done yes no question comment"
SAYING = frozenset(SAYING_WORDS.split())
SHOWING = frozenset({"nowrap", "nobr", "small", "strong", "em", "para", "abbr", "lang", "code", "tl", "tlx", "strike"})


def from_wikitext(markup: str, *, depth: int = 0, base: str | None = None) -> Body:
    """The plain text of a comment that is indented so deep; links to pages lead below `base`, if that is known.

    >>> from_wikitext(":{{ping|Ann}} ''No'', see [[Ferry|the page]].", depth=1).text
    '@Ann: No, see the page.'
    """
    return from_html("".join(blocks_of(as_html(markup, base), depth)), Dialect(base=base))


def heading_words(markup: str) -> str:
    """The words of a heading or a name, in one line."""
    if MARKUP.search(markup) is None:
        return " ".join(markup.split())
    return " ".join(from_wikitext(without_comments(markup)).text.split())


def as_html(markup: str, base: str | None = None) -> str:
    """Wikitext in which only lines and their indentation are left to be read."""
    text = without_comments(markup)
    for tag in LEFT_OUT:
        text = replace_enclosed(text, tag, lambda _: "")
    for tag in LITERAL:
        text = replace_enclosed(text, tag, LITERALLY[tag])
    text = EMPHASIS.sub("", WEB_LINK.sub(web_link, text))
    text = replace_repeatedly(WIKI_LINK, lambda match: wiki_link(match, base), text)
    return replace_repeatedly(TEMPLATE, template, without_tables(text))


def without_comments(text: str) -> str:
    """The text without what the wiki does not show; a comment that is not closed goes to the end.

    >>> without_comments("It<!-- not --> is.<!-- so")
    'It is.'
    """
    parts, at = list[str](), 0
    while (start := text.find("<!--", at)) >= 0:
        parts.append(text[at:start])
        end = text.find("-->", start + 4)
        at = end + 3 if end >= 0 else len(text)
    return "".join([*parts, text[at:]])


def without_tables(text: str) -> str:
    """The text without the lines of tables."""
    if "{|" not in text:
        return text
    kept_lines, deep = list[str](), 0
    for line in text.split("\n"):
        bare = line.lstrip(":* ")
        deep += bare.startswith("{|")
        if not deep:
            kept_lines.append(line)
        deep -= deep > 0 and bare.startswith("|}")
    return "\n".join(kept_lines)


def replace_enclosed(text: str, tag: str, render: Callable[[str], str]) -> str:
    """The text in which what stands between tags is shown otherwise; a tag that is not closed stays."""
    opening, closing = re.compile(rf"<{tag}(?:\s[^<>]*)?>", re.IGNORECASE), re.compile(f"</{tag}>", re.IGNORECASE)
    parts, at = list[str](), 0
    while match := opening.search(text, at):
        close = match if match[0].endswith("/>") else closing.search(text, match.end())
        if close is None:
            break
        inside = text[match.end() : close.start()]
        parts += [text[at : match.start()], render(inside) if inside else ""]
        at = close.end()
    return "".join([*parts, text[at:]])


def show_literally(tag: str) -> Callable[[str], str]:
    """How text in which no markup counts is shown."""
    shown_tag = SHOWN_AS.get(tag)
    return lambda text: f"<{shown_tag}>{with_entities(text)}</{shown_tag}>" if shown_tag else with_entities(text)


def with_entities(text: str) -> str:
    """The text with entities for all signs that could be markup, and for line ends, which begin no list."""
    return html.unescape(text).translate(SPECIAL).replace("\n", "&#10;")


LITERALLY = {tag: show_literally(tag) for tag in LITERAL}


def replace_repeatedly(pattern: re.Pattern[str], render: Callable[[re.Match[str]], str], text: str) -> str:
    """The text in which each match is shown otherwise, from the inside to the outside."""
    for _ in range(DEEPEST):
        text, count = pattern.subn(render, text)
        if not count:
            break
    return text


def web_link(match: re.Match[str]) -> str:
    """A link out of the wiki."""
    return f'<a href="{match[1].replace("|", "%7C")}">{match[2].strip() or match[1]}</a>'


def wiki_link(match: re.Match[str], base: str | None) -> str:
    """A link to a page; files and categories are none."""
    page = match[1].strip()
    words = page if match[2] is None else match[2].strip() or page.rpartition(":")[2]
    if ASIDE.match(page):
        return ""
    label = words.removeprefix(":")
    if not base or page.startswith("#") or not page:
        return label
    return f'<a href="{urljoin(base, quote(page.removeprefix(":").replace(" ", "_"), safe="/:#"))}">{label}</a>'


def template(match: re.Match[str]) -> str:
    """What a template shows: words that are quoted, who is called, a vote; others show nothing."""
    name, *rest = match[1].split("|")
    name, arguments = " ".join(name.replace("_", " ").lower().split()), [argument(part) for part in rest]
    words = [value for key, value in arguments if key in {"", "1", "text", "quote"}]
    if name in QUOTING and words:
        tag = "blockquote" if name in QUOTING_BLOCKS else "q"
        return f"<{tag}>{words[0]}</{tag}>"
    if name in CALLING | NAMING:
        called = ", ".join(f"@{value}" for key, value in arguments if value and (not key or key.isdigit()))
        return f"{called}:" if called and name in CALLING else called
    if name in SHOWING and words:
        return words[-1]
    return name.capitalize() if name in SAYING and not words else ""


def argument(text: str) -> tuple[str, str]:
    """The name of an argument, which may be empty, and its value.

    >>> argument("text=So it is."), argument("x < y = z"), argument(" So ")
    (('text', 'So it is.'), ('', 'x < y = z'), ('', 'So'))
    """
    key, mark, value = text.partition("=")
    is_named = bool(mark) and key.strip().isalnum()
    return (key.strip().lower(), value.strip()) if is_named else ("", text.strip())


def blocks_of(text: str, depth: int) -> Iterator[str]:
    """Paragraphs and lists as HTML, by what is left of the indentation of each line."""
    lines = (split_line(line, depth) for line in text.split("\n"))
    for kind, several in groupby(lines, key=lambda pair: pair[0]):
        rows = [row for _, row in several]
        if kind in LISTS:
            yield f"<{kind}>" + "".join(f"<li>{row}</li>" for row in rows) + f"</{kind}>\n"
        elif kind == "p":
            yield "".join(f"<p>{quoted_line(row)}</p>\n" for row in rows)
        else:
            yield "<p>" + quoted_line("\n".join(rows)) + "\n</p>"


def split_line(line: str, depth: int) -> tuple[str, str]:
    """What a line is (an item, a paragraph of its own, or running text) and its words."""
    marks = INDENT.match(line)
    mark = marks[0] if marks else ""
    rest, words = mark[depth:], line[len(mark) :].strip()
    if rest.endswith("*") and words:
        return "ul", item_words(words)
    if rest.endswith("#") and words:
        return "ol", item_words(words)
    if not words or RULE.fullmatch(words):
        return "gap", ""
    return ("p" if mark else ""), words


def item_words(words: str) -> str:
    """The words of an item."""
    return QUOTED_WORDS.sub(lambda match: f"“{match[1].strip()}”", words)


def quoted_line(words: str) -> str:
    """A line that is all a quotation as such, words that are quoted within a line between quotation marks."""
    lines = words.split("\n")
    return "\n".join(
        f"<blockquote>{match[1]}</blockquote>" if (match := QUOTED_LINE.fullmatch(line)) else item_words(line)
        for line in lines
    )
