"""The optional extra `rejoinder[embeddings]`: sentence embeddings from a model in a folder that the user gives."""

from __future__ import annotations

import os
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from rejoinder.errors import BadParameter

if TYPE_CHECKING:
    from rejoinder.loaders.embeddings.extractor import EmbeddingExtractor
    from rejoinder.loaders.extract import Extractor

LIBRARIES = ("numpy", "onnxruntime", "tokenizers")


def open_embeddings(
    folder: Path, inner: Extractor | None = None, *, least: float, cache: Path | None, say: Callable[[str], None]
) -> EmbeddingExtractor:
    """An extractor, else the rules, with the model in the folder; claims of the cosine `least` are proposed as similar.

    `say` is told what was opened. What is fitted is kept in the folder `cache`, if one is given. Raises BadParameter if
    a library of the extra is missing, or naming the file of the model that is missing or not what was expected.
    """
    _import_libraries()
    from rejoinder.loaders.embeddings.extractor import EmbeddingExtractor, rules_with_meaning
    from rejoinder.loaders.embeddings.folder import open_folder
    from rejoinder.loaders.embeddings.model import EmbeddingModel
    from rejoinder.loaders.embeddings.vectors import Vectors

    model = EmbeddingModel(open_folder(folder))
    for file, digest in ((model.folder.model, model.sha256), (model.folder.tokenizer, model.tokenizer_sha256)):
        say(f"embeddings: {file.relative_to(folder)}, SHA-256 {digest}")
    vectors = Vectors(model)
    return EmbeddingExtractor(inner or rules_with_meaning(vectors, cache), vectors, least)


def _import_libraries() -> None:
    """Imports what only the extra brings, before the modules that need it."""
    # From 1.29 on, onnxruntime reports on its use over the network, beginning as it is imported, unless this is set.
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    for name in LIBRARIES:
        try:
            import_module(name)
        except ImportError as error:
            raise BadParameter(f"embeddings need {name}: pip install 'rejoinder[embeddings]'") from error
