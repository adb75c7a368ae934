"""A folder that holds a sentence-transformers model as ONNX: which files are in it, and what its settings say."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rejoinder.errors import BadParameter

MODELS = ("model.onnx", "onnx/model.onnx")
MODES = {
    "pooling_mode_cls_token": "cls",
    "pooling_mode_mean_tokens": "mean",
    "pooling_mode_max_tokens": "max",
    "pooling_mode_mean_sqrt_len_tokens": "mean_sqrt_len_tokens",
    "pooling_mode_weightedmean_tokens": "weightedmean",
    "pooling_mode_lasttoken": "lasttoken",
}
POOLINGS = ("cls", "mean", "max", "mean_sqrt_len_tokens", "lasttoken")
STEPS = ("Transformer", "Pooling", "Normalize")
MOST_TOKENS = 512  # of one text; the work of a transformer grows with the square of their number
WEIGHTS = frozenset({".bin", ".data", ".weights"})  # how ONNX exporters name files of weights
UNKNOWN_LENGTH_FROM = 100_000  # tokenizers write a length above this where they mean that none is known


@dataclass(frozen=True, slots=True)
class ModelFolder:
    """The files and settings of a model; `poolings` stand side by side, `unknown_steps` are further ones."""

    path: Path
    model: Path
    tokenizer: Path
    poolings: tuple[str, ...]
    tokens: int
    is_lower_case: bool
    unknown_steps: tuple[str, ...]


def open_folder(path: Path) -> ModelFolder:
    """What is in the folder, as `model.save` of sentence-transformers lays it out (https://sbert.net).

    Raises BadParameter, naming the file and what was expected, where one is missing or not what it should be.
    """
    if not os.path.isdir(path):  # as Path.is_dir, but for names that no file can have
        raise BadParameter(f"{path}: expected the folder of an embedding model, there is none")
    model = _model(path)
    tokenizer = next(
        (file for file in (path / "tokenizer.json", model.parent / "tokenizer.json") if file.is_file()), None
    )
    if tokenizer is None:
        raise BadParameter(f"{path / 'tokenizer.json'}: expected the model's fast tokenizer, the file is missing")
    reading = _settings(path / "sentence_bert_config.json")
    return ModelFolder(
        path,
        model,
        tokenizer,
        _poolings(path / "1_Pooling" / "config.json"),
        _tokens(path, tokenizer, reading),
        reading.get("do_lower_case") is True,
        _unknown_steps(path / "modules.json"),
    )


def _model(path: Path) -> Path:
    """The ONNX file; where it has another name, the error says which there are."""
    for name in MODELS:
        if (path / name).is_file():
            return path / name
    others = sorted(str(file.relative_to(path)) for file in (*path.glob("*.onnx"), *path.glob("onnx/*.onnx")))
    hint = f"; found {', '.join(others)}: copy one to that name" if others else ""
    raise BadParameter(f"{path}: expected {' or '.join(MODELS)} in it{hint}")


def _settings(path: Path) -> dict[str, Any]:
    """The JSON object in a file, empty if there is no such file."""
    if not path.is_file():
        return {}
    settings = _json(path)
    if not isinstance(settings, dict):
        raise BadParameter(f"{path}: expected a JSON object")
    return settings


def _json(path: Path) -> Any:
    try:
        return json.loads(path.read_bytes())
    except (ValueError, RecursionError) as error:
        raise BadParameter(f"{path}: expected JSON, got {error}") from error


def _poolings(path: Path) -> tuple[str, ...]:
    """How the vectors of the tokens become one; the mean where nothing is said."""
    settings = _settings(path)
    pooling_mode = settings.get("pooling_mode")
    poolings = (
        [pooling_mode]
        if isinstance(pooling_mode, str)
        else [mode for key, mode in MODES.items() if settings.get(key) is True]
    )
    for pooling in poolings:
        if pooling not in POOLINGS:
            raise BadParameter(f"{path}: pooling {pooling!r} is not known; expected {', '.join(POOLINGS)}")
    return tuple(poolings) or ("mean",)


def _tokens(path: Path, tokenizer: Path, reading: dict[str, Any]) -> int:
    """How many tokens of a text are read: what the model was trained with, at most MOST_TOKENS."""
    cut = _settings(tokenizer).get("truncation") or {}
    lengths = (
        (path / "sentence_bert_config.json", reading.get("max_seq_length")),
        (tokenizer, cut.get("max_length") if isinstance(cut, dict) else cut),
        (path / "tokenizer_config.json", _settings(path / "tokenizer_config.json").get("model_max_length")),
    )
    for file, length in lengths:
        if length is None or (isinstance(length, int | float) and length > UNKNOWN_LENGTH_FROM):
            continue
        if not isinstance(length, int) or isinstance(length, bool) or length < 3:
            raise BadParameter(f"{file}: expected a length of 3 tokens or more, got {str(length)[:40]}")
        return min(length, MOST_TOKENS)
    return MOST_TOKENS


def _unknown_steps(path: Path) -> tuple[str, ...]:
    """Steps that are not known here; of the known ones, Normalize need not be there, as every vector is normalised."""
    if not path.is_file():
        return ()
    listed = _json(path)
    if not isinstance(listed, list) or not all(isinstance(item, dict) for item in listed):
        raise BadParameter(f"{path}: expected a JSON list of objects")
    steps = [str(item.get("type", "")).rpartition(".")[2] for item in listed]
    return tuple(step for step in steps if step not in STEPS)


def file_sha256(path: Path) -> str:
    """The file's SHA-256 in hexadecimal, as `sha256sum` prints it; with those of its parts if it is kept in several.

    A large model keeps its weights in files beside it: their names begin with its own, or end as such files do.
    """
    siblings = (entry for entry in path.parent.iterdir() if entry.name.startswith(path.name) or entry.suffix in WEIGHTS)
    parts = sorted({sibling for sibling in siblings if sibling.is_file()})
    digests = []
    for part in parts if path in parts else [path]:
        with part.open("rb") as file:
            digests.append(hashlib.file_digest(file, "sha256").hexdigest())
    return digests[0] if len(digests) == 1 else hashlib.sha256("".join(digests).encode()).hexdigest()
