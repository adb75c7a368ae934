"""A sentence embedding model on the processor: a text in, a vector of whole numbers out, the same one every time."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer

from rejoinder.errors import BadParameter
from rejoinder.loaders.embeddings.folder import ModelFolder, file_sha256

Vector: TypeAlias = NDArray[np.int16]
SCALE = 2**14  # length of a vector; sums of products of such whole numbers are exact in floating point
INTEGER_TYPES = ("tensor(int64)", "tensor(int32)")
FLOAT_TYPES = ("tensor(float)", "tensor(float16)", "tensor(double)")
POOLED_OUTPUT = "sentence_embedding"  # an output of exports that pool by themselves
TOKEN_OUTPUTS = ("last_hidden_state", "token_embeddings")
KNOWN_INPUTS = ("input_ids", "attention_mask", "token_type_ids")


class EmbeddingModel:
    """An opened model; safe to use from several threads.

    Texts go through it one at a time: side by side, models with dynamic quantisation give each text another vector
    depending on the others (cosines down to .99), and on a processor it would hardly be faster.
    """

    def __init__(self, folder: ModelFolder) -> None:
        self.folder = folder
        self.sha256, self.tokenizer_sha256 = file_sha256(folder.model), file_sha256(folder.tokenizer)
        self._tokenizer = _tokenizer(folder)
        self._session = _session(folder)
        self._inputs = self._checked_inputs()
        self._output, self._pooled = self._chosen_output()
        self.size = self._size()
        self.vector("longest " * folder.tokens)  # a model that takes fewer tokens than are said fails here and now

    @property
    def parameters(self) -> dict[str, str | int | bool]:
        """All that decides what vectors it makes, for the record."""
        return {
            "lower": self.folder.is_lower_case,
            "model": self.sha256,
            "pooling": " ".join(self.folder.poolings) if not self._pooled else POOLED_OUTPUT,
            "tokenizer": self.tokenizer_sha256,
            "tokens": self.folder.tokens,
        }

    def vector(self, text: str) -> Vector:
        """The text's vector, of length SCALE and rounded; zero for a text without tokens."""
        read = self._read(text)
        if not read.ids:
            return np.zeros(self.size, dtype=np.int16)
        raw = self._raw_vector(read.ids, read.type_ids)
        length = float(np.sqrt(np.sum(raw * raw)))
        if not np.isfinite(length):
            raise BadParameter(f"{self.folder.model}: gave no number for the text {text[:40]!r}")
        return np.rint(raw * (SCALE / length if length else 0.0)).astype(np.int16)

    def _size(self) -> int:
        """How many numbers a vector has."""
        tried = self._read("one two")
        if not tried.ids:
            raise BadParameter(f"{self.folder.tokenizer}: expected words to have tokens, 'one two' has none")
        return len(self._raw_vector(tried.ids, tried.type_ids))

    def _read(self, text: str) -> Encoding:
        try:
            return self._tokenizer.encode(text.lower() if self.folder.is_lower_case else text)
        except Exception as error:  # the library raises nothing narrower
            raise BadParameter(f"{self.folder.tokenizer}: failed on {text[:40]!r}, {_first_line(error)}") from error

    def _raw_vector(self, ids: list[int], types: list[int]) -> NDArray[np.float64]:
        """What the model makes of one text, pooled."""
        inputs = {"input_ids": ids, "attention_mask": [1] * len(ids), "token_type_ids": types}
        feed: dict[str, NDArray[Any]] = {
            name: np.array([inputs[name]], dtype=type_) for name, type_ in self._inputs.items()
        }
        try:
            (output,) = self._session.run([self._output], feed)
        except Exception as error:  # onnxruntime's errors have no class in common but this one
            raise BadParameter(f"{self.folder.model}: failed on {len(ids)} tokens: {_first_line(error)}") from error
        output = np.asarray(output, dtype=np.float64)
        leading_shape = (1,) if self._pooled else (1, len(ids))
        if output.ndim != len(leading_shape) + 1 or output.shape[:-1] != leading_shape or not output.size:
            raise BadParameter(
                f"{self.folder.model}: expected the output {self._output!r} to have the shape "
                f"{_shape(leading_shape)} x numbers for {len(ids)} tokens, got {_shape(output.shape)}"
            )
        return output[0] if self._pooled else _pooled_vector(output[0], self.folder.poolings)

    def _checked_inputs(self) -> dict[str, type]:
        """The inputs that the model takes, each with the type of its numbers."""
        type_by_name = {model_input.name: model_input.type for model_input in self._session.get_inputs()}
        if "input_ids" not in type_by_name or not type_by_name.keys() <= {*KNOWN_INPUTS}:
            raise BadParameter(
                f"{self.folder.model}: expected the inputs input_ids, attention_mask and perhaps token_type_ids, "
                f"got {', '.join(sorted(type_by_name)) or 'none'}"
            )
        for name, type_ in type_by_name.items():
            if type_ not in INTEGER_TYPES:
                raise BadParameter(f"{self.folder.model}: expected {name} to be tensor(int64), got {type_}")
        return {name: np.int64 if type_ == INTEGER_TYPES[0] else np.int32 for name, type_ in type_by_name.items()}

    def _chosen_output(self) -> tuple[str, bool]:
        """The output to read, and whether it is pooled already: by its known name, else the only one of its shape."""
        outputs = [output for output in self._session.get_outputs() if output.type in FLOAT_TYPES]
        by_name = {output.name: output for output in outputs}
        if POOLED_OUTPUT in by_name:
            return POOLED_OUTPUT, True
        if self.folder.unknown_steps:
            raise BadParameter(
                f"{self.folder.path / 'modules.json'}: the step {self.folder.unknown_steps[0]} is not known; "
                f"export the model with an output {POOLED_OUTPUT}, which holds all steps"
            )
        for name in TOKEN_OUTPUTS:
            if name in by_name:
                return name, False
        flat, deep = ([output.name for output in outputs if len(output.shape) == rank] for rank in (2, 3))
        flat = [name for name in flat if name != "pooler_output"]
        if len(deep) == 1 or (not deep and len(flat) == 1):
            return (deep or flat)[0], not deep
        raise BadParameter(
            f"{self.folder.model}: expected an output {POOLED_OUTPUT} (texts x numbers) or {TOKEN_OUTPUTS[0]} "
            f"(texts x tokens x numbers), got {', '.join(output.name for output in self._session.get_outputs())}"
        )


def _tokenizer(folder: ModelFolder) -> Tokenizer:
    try:
        tokenizer = Tokenizer.from_file(str(folder.tokenizer))
    except Exception as error:  # the library raises nothing narrower
        raise BadParameter(
            f"{folder.tokenizer}: expected a tokenizer of the tokenizers library, {_first_line(error)}"
        ) from error
    tokenizer.enable_truncation(folder.tokens)
    tokenizer.no_padding()
    return tokenizer


def _session(folder: ModelFolder) -> Any:
    """The model in onnxruntime, on one thread of the processor, so that no sum depends on how work is shared out."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 4
    try:
        return onnxruntime.InferenceSession(str(folder.model), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime's errors have no class in common but this one
        raise BadParameter(f"{folder.model}: expected an ONNX model, {_first_line(error)}") from error


def _pooled_vector(tokens: NDArray[np.float64], poolings: tuple[str, ...]) -> NDArray[np.float64]:
    """One vector of the tokens', for each pooling, side by side (Reimers and Gurevych 2019, section 3)."""
    pooler_by_name = {
        "cls": lambda: tokens[0],
        "mean": lambda: tokens.mean(axis=0),
        "max": lambda: tokens.max(axis=0),
        "mean_sqrt_len_tokens": lambda: tokens.sum(axis=0) / np.sqrt(len(tokens)),
        "lasttoken": lambda: tokens[-1],
    }
    return np.concatenate([pooler_by_name[pooling]() for pooling in poolings])


def _shape(sizes: tuple[int, ...]) -> str:
    return " x ".join(map(str, sizes))


def _first_line(error: Exception) -> str:
    """The first line of a message, not endless."""
    return str(error).partition("\n")[0][:200]
