"""Parameters out of the query string, checked: numbers, words, names of threads and authors, pages of a listing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote

import pyoxigraph as ox
from flask import request

from rejoinder.api.service.snapshots import service
from rejoinder.errors import BadParameter, Choices, Misfit, NotFound
from rejoinder.graph.queries.authors import authors_of_name, similar_names
from rejoinder.graph.queries.near import nearest_name
from rejoinder.graph.queries.threads import threads_of_name
from rejoinder.graph.stores.publish import Snapshot

LAST_PAGE = 100_000
MOST_LISTED = 5  # threads or authors listed where a name means several, or none


@dataclass(frozen=True, slots=True)
class Page:
    """Which rows of a listing are asked for: page `number` (from 1) of `size` rows."""

    number: int
    size: int

    @property
    def offset(self) -> int:
        """How many rows stand before this page."""
        return (self.number - 1) * self.size


def page_parameter(to: str) -> Page:
    """The page that `page=` and `rows=` ask for; data formats give many rows unless `rows` says otherwise."""
    settings = service().settings
    default = settings.page_rows if to == "html" else settings.result_rows
    return Page(
        integer_parameter("page", 1, least=1, most=LAST_PAGE),
        integer_parameter("rows", default, least=1, most=settings.result_rows),
    )


def integer_parameter(name: str, default: int, *, least: int, most: int) -> int:
    """A whole number out of the query string; raises BadParameter outside least..most."""
    return parse_integer(name, request.args.get(name, ""), default, least=least, most=most)


def parse_integer(name: str, value: str, default: int, *, least: int, most: int) -> int:
    """The whole number that a parameter was given, the default where that is blank; raises BadParameter."""
    text = value.strip()
    if not text:
        return default
    if not re.fullmatch(r"[0-9]{1,9}", text) or not least <= int(text) <= most:
        raise BadParameter(Misfit(name, f"a whole number from {least} to {most}", text[:40]))
    return int(text)


def fraction_parameter(name: str, default: float) -> float:
    """A number from 0 to 1 out of the query string; raises BadParameter for anything else."""
    text = request.args.get(name, "").strip()
    if not text:
        return default
    if not re.fullmatch(r"[0-9]{1,9}(\.[0-9]{0,9})?|\.[0-9]{1,9}", text) or float(text) > 1:
        raise BadParameter(Misfit(name, "a number from 0 to 1", text[:40]))
    return float(text)


def choice_parameter(name: str, allowed: tuple[str, ...], default: str = "") -> str:
    """A word out of the query string, by default the default or the first allowed; raises BadParameter for another."""
    text = request.args.get(name, "").strip() or default or allowed[0]
    if text not in allowed:
        near = nearest_name(text, allowed)
        raise BadParameter(Misfit(name, f"one of {', '.join(allowed)}", text[:40], near))
    return text


def text_parameter(name: str, most: int = 200) -> str:
    """Free text out of the query string, white space collapsed; raises BadParameter where it is too long."""
    text = " ".join(request.args.get(name, "").split())
    if len(text) > most:
        raise BadParameter(Misfit(name, f"at most {most} characters", len(text)))
    return text


def thread_parameter(name: str, snapshot: Snapshot) -> ox.NamedNode | None:
    """The thread that a parameter names, as the command line takes it: by IRI, id or words of its title.

    Raises NotFound where no such thread is loaded, BadParameter where several are.
    """
    text = text_parameter(name, 2000)
    if not text:
        return None
    known_threads = threads_of_name(snapshot, text)
    if not known_threads:
        raise NotFound(f"{name}: no thread {text[:80]!r} is loaded; /threads lists those that are", parameter=name)
    if len(known_threads) > 1:
        titles = {thread.whole: thread.title or "without a title" for thread in known_threads[:MOST_LISTED]}
        options = tuple((whole, f"{title} ({whole})") for whole, title in titles.items())
        listed = "; ".join(f"{whole} ({title})" for whole, title in titles.items())
        several = f"{name}: {len(known_threads)} threads are named {text[:80]!r}"
        message = f"{several}; give the SITE/ID of one: {listed}{'; ...' if len(known_threads) > MOST_LISTED else ''}"
        choices = Choices(name, several, options, len(known_threads) - len(options))
        raise BadParameter(message, parameter=name, choices=choices)
    return ox.NamedNode(known_threads[0].iri)


def author_parameter(name: str, snapshot: Snapshot, thread: ox.NamedNode | None) -> ox.NamedNode | None:
    """The author that a parameter names, by IRI or by name; where only a thread is asked for, one of its site.

    Raises NotFound for a name that nobody bears, BadParameter for one borne on several sites.
    """
    text = text_parameter(name, 1000)
    if not text or text.startswith(snapshot.base):
        return _node(name)
    authors = authors_of_name(snapshot, text, site_of=thread)
    if len(authors) > 1:
        several = f"{name}: {len(authors)} authors bear this name"
        options = tuple(
            (author, unquote(author.removeprefix(f"{snapshot.base}author/"))) for author in authors[:MOST_LISTED]
        )
        message = f"{several}; give one of {', '.join(authors[:MOST_LISTED])}"
        choices = Choices(name, several, options, len(authors) - len(options))
        raise BadParameter(message, parameter=name, choices=choices)
    if not authors:
        near = similar_names(snapshot, text)
        message = f"{name}: nobody here is called {text[:80]!r}"
        likely = Choices(name, message, tuple((near_name, near_name) for near_name in near)) if near else None
        raise NotFound(f"{message}; near: {', '.join(near)}" if near else message, parameter=name, choices=likely)
    return ox.NamedNode(authors[0])


def _node(name: str) -> ox.NamedNode | None:
    text = text_parameter(name, 2000)
    try:
        return ox.NamedNode(text) if text else None
    except ValueError:
        raise BadParameter(Misfit(name, "an IRI", text[:40])) from None
