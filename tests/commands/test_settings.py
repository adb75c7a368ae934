"""Settings from the environment: every one documented, every value checked."""

from functools import partial
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from rejoinder.cli import main
from rejoinder.errors import BadParameter
from rejoinder.settings import Settings, from_environment, settings_table, unknown_variables


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
        ("WORKERS", "1000"),
        ("RESULT_ROWS", "9" * 5000),
    ],
)
def test_a_value_out_of_range_is_named(name: str, value: str) -> None:
    with pytest.raises(BadParameter, match=f"REJOINDER_{name}: expected a (whole )?number from .* to .*{value[:60]}"):
        from_environment({f"REJOINDER_{name}": value})


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("frame_ancestors", "https://a.example\nX-Evil: 1", "sources such as"),
        ("frame_ancestors", "'self'; script-src *", "sources such as"),
        ("frame_ancestors", "", "sources such as"),
        ("frame_ancestors", "'none' https://a.example", "sources such as"),
        ("public_url", "maps.example", "an address such as"),
        ("public_url", "javascript://maps.example/", "an address such as"),
        ("public_url", "https://maps.example/\n", "an address such as"),
        ("public_url", "https://maps.example:99999/", "an address such as"),
        ("public_url", "https://maps.example/?a=b", "an address such as"),
        ("public_url", 'https://maps.example/"><script>', "an address such as"),
        ("public_url", "https://", "an address such as"),
        ("trusted_proxy", "nginx", "an IP address such as"),
        ("trusted_proxy", "*", "an IP address such as"),
        ("base", "no iri", "an IRI that ends in / and has no #"),
        ("base", "https://maps.example", "an IRI that ends in / and has no #"),
        ("base", "https://maps.example/data#", "an IRI that ends in / and has no #"),
        ("base", "https://maps.example/#/", "an IRI that ends in / and has no #"),
        ("base", "https://maps.example/\udcff/", "an IRI that ends in / and has no #"),
        ("extractor", "magic", "one of rules, llm"),
        ("llm_key_variable", "MY KEY", "the name of an environment variable"),
        ("llm_model", "a\nb", "text on one line"),
        ("embeddings", "a\0b", "the name of a folder"),
    ],
)
def test_a_text_that_is_not_what_it_should_be_is_named(name: str, value: str, expected: str) -> None:
    given: dict[str, Any] = {name: value}
    for make in (partial(from_environment, {f"REJOINDER_{name.upper()}": value}), partial(Settings, **given)):
        with pytest.raises(BadParameter, match=f"REJOINDER_{name.upper()}: expected .*{expected}"):
            make()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("frame_ancestors", "'self' https://*.news.example:* https: maps.example/a"),
        ("frame_ancestors", "'none'"),
        ("public_url", "http://[::1]:8000/maps"),
        ("public_url", ""),
        ("base", "urn:maps:a/"),
        ("base", "https://käse.example/"),
    ],
)
def test_a_text_that_is_what_it_should_be_is_kept(name: str, value: str) -> None:
    assert getattr(from_environment({f"REJOINDER_{name.upper()}": value}), name) == value


def test_what_is_not_set_keeps_its_default() -> None:
    assert from_environment({"HOME": "/nowhere"}) == Settings()
    assert from_environment({"REJOINDER_OPEN_DAYS": "0"}).open_days == 0


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("PUBLC_URL", "; did you mean REJOINDER_PUBLIC_URL?"),
        ("WORKER", "; did you mean REJOINDER_WORKERS?"),
        ("STORES", "; did you mean REJOINDER_STORE?"),
        ("ZEBRA", ""),
    ],
)
def test_a_name_that_is_no_setting_is_warned_of(runner: CliRunner, example_store: Path, name: str, near: str) -> None:
    said = f"REJOINDER_{name}: there is no such setting{near}"
    assert unknown_variables({f"REJOINDER_{name}": "1"}) == (said,)
    done = runner.invoke(main, ["stats", "--store", str(example_store)], env={f"REJOINDER_{name}": "1"})
    assert (done.exit_code, done.stderr) == (0, f"warning: {said}\n")


def test_names_that_mean_something_are_not() -> None:
    known = {f"REJOINDER_{setting.name.upper()}": str(setting.default) for setting in settings_table()}
    assert unknown_variables({**known, "REJOINDER_STORE": "s", "REJOINDER_LLM_KEY": "k", "HOME": "/"}) == ()
    assert unknown_variables({"REJOINDER_LLM_KEY_VARIABLE": "REJOINDER_MINE", "REJOINDER_MINE": "k"}) == ()


def test_every_setting_says_what_it_does() -> None:
    assert all(
        setting.help and setting.help[0].islower() for setting in settings_table() if not setting.help.startswith("IRI")
    )
