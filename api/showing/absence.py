"""What a template gets where a name is missing: nothing in a mapping, an error in one of our own objects."""

from __future__ import annotations

from typing import Any

from jinja2 import Undefined, UndefinedError
from jinja2.utils import missing


class Absent(Undefined):
    """As Jinja's own, but a member that one of our classes has not is misspelt, and no empty place.

    >>> from jinja2 import Environment
    >>> Environment(undefined=Absent).from_string("-{{ row.author }}-").render(row={})
    '--'
    """

    __slots__ = ()

    def __init__(
        self, hint: str | None = None, obj: Any = missing, name: str | None = None, exc: type = UndefinedError
    ) -> None:
        super().__init__(hint, obj, name, exc)
        if type(obj).__module__.startswith("rejoinder."):
            self._fail_with_undefined_error()
