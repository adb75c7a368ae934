"""The extractor that asks a model, made of the settings; its library is an extra, imported only here."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from rejoinder.errors import BadParameter, Problem
from rejoinder.settings import Settings

if TYPE_CHECKING:
    from rejoinder.loaders.llm.extractor import LlmExtractor

EXTRACTOR_NAMES = ("rules", "llm")
VISIBLE_ASCII = re.compile(r"[\x21-\x7e]*")  # what a header can carry, without white space


def make_llm_extractor(
    settings: Settings, key: str, cache: Path, *, report: Callable[[Problem], None], on_tokens: Callable[[int], None]
) -> LlmExtractor:
    """The extractor behind `llm_url`, to be closed after use; raises BadParameter where a setting or library is absent.

    The `key` goes nowhere but to the model's server; `on_tokens` is told, after each comment, the tokens spent so far.
    """
    _check(settings, key)
    try:
        from rejoinder.loaders.llm.client import Client
    except ImportError as error:
        raise BadParameter("--extractor llm needs httpx: pip install 'rejoinder[llm]'") from error
    from rejoinder.loaders.llm.asker import Asker
    from rejoinder.loaders.llm.cache import Cache
    from rejoinder.loaders.llm.endpoint import Endpoint, endpoint_url
    from rejoinder.loaders.llm.extractor import LlmExtractor

    url = endpoint_url(settings.llm_url)
    endpoint = Endpoint(url, settings.llm_model, key, settings.llm_key_variable, settings.llm_seconds)
    most, budget = settings.llm_answer_tokens, settings.llm_budget
    asker = Asker(Client(endpoint), Cache(cache), most_tokens=most, budget=budget)
    return LlmExtractor(asker, report, on_tokens, at_once=settings.llm_parallel)


def _check(settings: Settings, key: str) -> None:
    """Raise BadParameter for what no model can be asked with."""
    if settings.extractor != "llm":
        raise BadParameter(
            f"--extractor: expected one of {', '.join(EXTRACTOR_NAMES)}, got {settings.extractor[:40]!r}"
        )
    if not VISIBLE_ASCII.fullmatch(key):
        raise BadParameter(
            f"the key in {settings.llm_key_variable} holds white space or letters that no header can carry"
        )
    missing = [name for name in ("llm_url", "llm_model") if not getattr(settings, name)]
    if missing:
        options = " and ".join(f"--{name.replace('_', '-')}" for name in missing)
        raise BadParameter(f"--extractor llm needs {options}; see docs/llm.md")
