"""The extractor that the settings of a command ask for, with the environment and folders that it needs."""

from __future__ import annotations

import os
from pathlib import Path

import click
import platformdirs

from rejoinder.cli.printing import complain
from rejoinder.complaints import Complaints
from rejoinder.extractors import make_llm_extractor
from rejoinder.loaders.extract import RULES, Extractor
from rejoinder.progress import LoadSteps
from rejoinder.settings import Settings


def make_extractor(settings: Settings, complaints: Complaints, steps: LoadSteps) -> Extractor:
    """The extractor of the settings: the default one, or one that asks a model."""
    if settings.extractor == "rules":
        return _embedded(settings, None)
    cache = Path(settings.llm_cache) if settings.llm_cache else platformdirs.user_cache_path("rejoinder") / "llm"
    key = os.environ.get(settings.llm_key_variable, "").strip()
    extractor = make_llm_extractor(settings, key, cache, report=complaints, on_tokens=steps.count_asked)
    click.get_current_context().call_on_close(extractor.close)
    return _embedded(settings, extractor)


def _embedded(settings: Settings, inner: Extractor | None) -> Extractor:
    """The extractor, None for the default one, with the embedding model of the settings beside it if there is one."""
    if not settings.embeddings:
        return inner or RULES
    from rejoinder.loaders.embeddings import open_embeddings  # its libraries are an extra, and slow to start

    cache = platformdirs.user_cache_path("rejoinder")
    least = settings.similarity_threshold
    return open_embeddings(Path(settings.embeddings), inner, least=least, cache=cache, say=complain)
