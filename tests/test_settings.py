"""Settings from the environment: every one documented, every value checked."""

import pytest

from rejoinder.errors import BadParameter
from rejoinder.settings import Settings, from_environment, table


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("OBJECTION_THRESHOLD", "7"),
        ("ANSWER_THRESHOLD", "nan"),
        ("ANSWER_THRESHOLD", "-0.1"),
        ("WORKERS", "0"),
        ("PAGE_ROWS", "many"),
        ("OPEN_DAYS", "-5"),
        ("OPEN_DAYS", "1000000"),
        ("QUERY_SECONDS", "inf"),
    ],
)
def test_a_value_out_of_range_is_named(name: str, value: str) -> None:
    with pytest.raises(BadParameter, match=f"REJOINDER_{name}: expected a (whole )?number .*{value}"):
        from_environment({f"REJOINDER_{name}": value})


def test_what_is_not_set_keeps_its_default() -> None:
    assert from_environment({"HOME": "/nowhere"}) == Settings()
    assert from_environment({"REJOINDER_OPEN_DAYS": "0"}).open_days == 0


def test_every_setting_says_what_it_does() -> None:
    assert all(one.help and one.help[0].islower() for one in table() if not one.help.startswith("IRI"))
