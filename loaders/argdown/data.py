"""The YAML in an Argdown text: its front matter and the `{data}` of its parts, read with bounds."""

from __future__ import annotations

import re

import yaml

from rejoinder.loaders.values.scrub import Scrubber

LONGEST = 65_536
LARGEST_NUMBER = 10**100
FRONT_MATTER = re.compile(r"\s*+={3,}+(?P<yaml>.*?)(?<!=)={3,}+[ \t]*+(?:\n|\Z)", re.DOTALL)
AT_ONCE = re.compile(r"\{[ \t]*\n(?P<block>.*)\}\s*", re.DOTALL)
NESTED = 50  # levels of brackets


class _Plain(yaml.SafeLoader):
    """YAML without aliases, which a few lines of can stand for billions of values."""

    def compose_node(self, parent: yaml.nodes.Node | None, index: int) -> yaml.nodes.Node | None:
        if self.check_event(yaml.events.AliasEvent):
            raise yaml.YAMLError("aliases are not read")
        return super().compose_node(parent, index)


class DataError(ValueError):
    """What is no YAML mapping within bounds."""


def yaml_mapping(text: str) -> dict[str, object]:
    """The YAML mapping in the text, by name; raises DataError where it is none, is too long or nests too deep."""
    if len(text) > LONGEST or text.count("[") + text.count("{") > NESTED:
        raise DataError(f"expected YAML of at most {LONGEST} characters and {NESTED} brackets")
    try:
        mapping = yaml.load(text, Loader=_Plain)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise DataError(f"expected YAML, got {text[:40]!r} ({str(error).splitlines()[0]})") from None
    except (LookupError, AttributeError):  # what PyYAML runs into where a tag is another's, such as `!!bool perhaps`
        raise DataError(f"expected YAML whose tags fit their values, got {text[:40]!r}") from None
    if not isinstance(mapping, dict):
        raise DataError(f"expected a YAML mapping, got {text[:40]!r}")
    return {name: value for name, value in mapping.items() if isinstance(name, str)}


def part_data(text: str) -> dict[str, object]:
    """The mapping in `{...}`: YAML in one line, or in block style where a line ends after the brace."""
    block = AT_ONCE.fullmatch(text)
    return yaml_mapping(block["block"] if block else text)


def front_matter(text: str) -> tuple[str, int]:
    """The YAML at the head of a text and where the rest begins; ("", 0) where there is none."""
    match = FRONT_MATTER.match(text[: LONGEST + 1])
    return (match["yaml"], match.end()) if match else ("", 0)


def data_words(value: object, scrubber: Scrubber, line: int) -> str | None:
    """A string or number of the data as text that is not blank, or None."""
    if not isinstance(value, str | int | float) or isinstance(value, bool):
        return None
    if isinstance(value, int) and abs(value) > LARGEST_NUMBER:  # Python refuses to write out what is much longer
        return None
    return " ".join(scrubber.text(str(value), line).split()) or None


def whole_numbers(value: object) -> frozenset[int]:
    """The whole numbers in a value, however its lists are nested (not deeper than YAML is read)."""
    if isinstance(value, list):
        return frozenset().union(*map(whole_numbers, value))
    return frozenset([value]) if isinstance(value, int) and not isinstance(value, bool) else frozenset()
