"""What a template gets where a name is missing."""

from __future__ import annotations

import pytest
from jinja2 import Environment, UndefinedError

from rejoinder.api.showing.absence import Absent
from rejoinder.records import ThreadKey


@pytest.mark.parametrize("template", ["{{ thing.words }}", "{% if thing.words %}yes{% endif %}"])
def test_a_member_that_our_class_has_not_is_an_error(template: str) -> None:
    with pytest.raises(UndefinedError, match="words"):
        Environment(undefined=Absent).from_string(template).render(thing=ThreadKey("site", "id"))


@pytest.mark.parametrize("thing", [{}, None, 7])
def test_of_anything_else_it_is_nothing(thing: object) -> None:
    assert Environment(undefined=Absent).from_string("{{ thing.words }}").render(thing=thing) == ""
