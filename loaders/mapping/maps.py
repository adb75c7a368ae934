"""Field maps as people write them: `id=key,parent=reply_to,text=body` on the command line, or a TOML file."""

from __future__ import annotations

import re
import tomllib
from dataclasses import MISSING, fields
from difflib import get_close_matches
from pathlib import Path

from rejoinder.errors import BadParameter
from rejoinder.loaders.mapping import (
    ALL,
    CONSTANT,
    MARKUPS,
    NO_PATHS,
    STATES,
    FieldMap,
    path_alternatives,
    path_steps,
    split_condition,
)
from rejoinder.loaders.values.dates import ORDERS

NAMES = tuple(field.name for field in fields(FieldMap))
REQUIRED = tuple(field.name for field in fields(FieldMap) if field.default is MISSING)
ENTRY = re.compile(r"""\s*(\w+)\s*=\s*((?:"[^"]*"|'[^']*'|\\.|[^\\,"'])*+)(?:,|$)""", re.DOTALL)
SHOULD = "expected a field map such as id=key,parent=reply_to,text=body, or a TOML file of such fields"


def field_map(written: str) -> FieldMap:
    """The map that is written out, or that stands in the file if it ends in .toml; without id and text a partial one.

    Raises BadParameter naming the field and what was expected of it.

    >>> field_map("id=key, text=body, site='club'").site
    "'club'"
    """
    if written.strip().lower().endswith(".toml"):
        return field_map_of(from_toml(Path(written.strip())), f"--map {written.strip()}")
    return field_map_of(from_text(written), "--map")


def from_text(written: str) -> dict[str, object]:
    """Field and path of each entry; commas part them, but not within quotes."""
    path_by_field: dict[str, object] = {}
    place = 0
    while place < len(written):
        match = ENTRY.match(written, place)
        if match is None or match.end() == place:
            raise BadParameter(f"--map: {SHOULD}, got {written[place:][:40]!r}")
        if match[1] in path_by_field:
            raise BadParameter(f"--map: expected {match[1]!r} once")
        path_by_field[match[1]] = match[2].strip().replace("\\,", ",")
        place = match.end()
    return path_by_field


def from_toml(path: Path) -> dict[str, object]:
    """The fields of the file."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise BadParameter(f"--map: cannot read {path}: {error.strerror}") from None
    except ValueError as error:  # no TOML, or no UTF-8
        raise BadParameter(f'--map: {path}: expected TOML such as id = "key": {error}') from None


def field_map_of(values: dict[str, object], where: str) -> FieldMap:
    """The map of these values, each checked."""
    for name, value in values.items():
        if name not in NAMES:
            near = get_close_matches(name, NAMES, 1)
            hint = f" (did you mean {near[0]!r}?)" if near else ""
            raise BadParameter(f"{where}: there is no field {name!r}{hint}; the fields are {', '.join(NAMES)}")
        if not isinstance(value, str | int) or isinstance(value, bool):
            raise BadParameter(f"{where}: expected {name} to be a path in quotes, got {value!r}")
        check(name, str(value), where)
    missing = [name for name in REQUIRED if not values.get(name)]
    if missing and (len(missing) < len(REQUIRED) or not values):
        raise BadParameter(f"{where}: expected {' and '.join(missing)} as well, for example {missing[0]}=key")
    return FieldMap(**dict.fromkeys(REQUIRED, "") | {name: str(value) for name, value in values.items()})


def check(name: str, path: str, where: str) -> None:
    """Raises BadParameter if the value is none for this field."""
    if name == "markup" and path not in MARKUPS:
        raise BadParameter(f"{where}: expected markup out of {', '.join(MARKUPS)}, got {path!r}")
    if name == "dates" and path not in ORDERS:
        raise BadParameter(f"{where}: expected dates out of {', '.join(ORDERS)}, got {path!r}")
    if name in NO_PATHS or CONSTANT.fullmatch(path):
        return
    for path_alternative in path_alternatives(split_condition(path)[0] if name in STATES else path):
        if ALL in path_steps(path_alternative.removeprefix("$.")) and name not in ("records", "children"):
            raise BadParameter(
                f"{where}: {name}: expected one value, so [0] or [-1] instead of [], got {path_alternative!r}"
            )
