"""A small real embedding model for tests: a table of words, a tokenizer, and the settings beside them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

FILES = ("model.onnx", "tokenizer.json")
NUMBERS = 24
WORDS = """
one two longest the a seed shelf library village hall should ought to open on saturday saturdays sunday mornings
morning not n't never packets packet lend give borrowed back fifteen fifty 15 50 tomato beans every each year
gardener gardeners must bring return as many they took take volunteers tired nobody would come because of market
heating costs more than it earns i and we
"""
ALIKE = {"ought": "should", "mornings": "morning", "saturdays": "saturday", "each": "every", "give": "bring"}
VOCABULARY = {word: number for number, word in enumerate(["[UNK]", "[CLS]", *dict.fromkeys(WORDS.split())])}


def table() -> NDArray[np.float32]:
    """A row a word; those that are ALIKE lie near each other, and [UNK] is nearly nothing."""
    rows = np.random.default_rng(7).normal(size=(len(VOCABULARY), NUMBERS)).astype(np.float32)
    for word, other in ALIKE.items():
        rows[VOCABULARY[word]] = rows[VOCABULARY[other]] + 0.1 * rows[VOCABULARY[word]]
    rows[0] *= 0.01
    return rows


def write(
    folder: Path,
    *,
    inputs: Sequence[str] = ("input_ids", "attention_mask"),
    type_: int = TensorProto.INT64,
    output: str = "last_hidden_state",
    depth: int = 3,
    positions: int | None = None,
) -> Path:
    """Writes model.onnx and tokenizer.json; the output has the rank `depth`: 3 a vector a token, 2 their sum.

    With `positions`, the model fails on more tokens than those, as one with a table of positions does.
    """
    folder.mkdir(parents=True, exist_ok=True)
    nodes, constants = _graph(inputs, output, depth, positions)
    shape: list[str | int | None] = ["texts", "tokens", NUMBERS] if depth == 3 else ["texts", NUMBERS]
    graph = helper.make_graph(
        nodes,
        "tiny",
        [helper.make_tensor_value_info(name, type_, ["texts", "tokens"]) for name in inputs],
        [helper.make_tensor_value_info(output, TensorProto.FLOAT, shape)],
        constants,
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.checker.check_model(model)
    (folder / "model.onnx").write_bytes(model.SerializeToString(deterministic=True))
    write_tokenizer(folder)
    return folder


def _graph(
    inputs: Sequence[str], output: str, depth: int, positions: int | None
) -> tuple[list[onnx.NodeProto], list[onnx.TensorProto]]:
    """The table looked up, times the mask if there is one, and summed for an output of rank 2."""
    rows = table() if positions is None else table()[:positions]
    constants = [
        numpy_helper.from_array(table(), "table"),
        numpy_helper.from_array(np.array([1], dtype=np.int64), "tokens_axis"),
        numpy_helper.from_array(np.array([2], dtype=np.int64), "last_axis"),
        numpy_helper.from_array(np.zeros_like(rows), "places"),
    ]
    nodes = [
        helper.make_node("Cast", [inputs[0]], ["whole"], to=TensorProto.INT64),
        helper.make_node("Gather", ["table", "whole"], ["found"]),
    ]
    if positions is not None:
        ones = helper.make_node(
            "ConstantOfShape", ["shape"], ["ones"], value=helper.make_tensor("v", TensorProto.INT64, [1], [1])
        )
        nodes += [
            helper.make_node("Shape", [inputs[0]], ["shape"]),
            ones,
            helper.make_node("CumSum", ["ones", "second"], ["counted"], exclusive=1),
            helper.make_node("Gather", ["places", "counted"], ["placed"]),
            helper.make_node("Add", ["found", "placed"], ["placed_found"]),
        ]
        constants.append(numpy_helper.from_array(np.array(1, dtype=np.int64), "second"))
    here = "found" if positions is None else "placed_found"
    if "attention_mask" in inputs:
        nodes += [
            helper.make_node("Cast", ["attention_mask"], ["mask"], to=TensorProto.FLOAT),
            helper.make_node("Unsqueeze", ["mask", "last_axis"], ["mask3"]),
            helper.make_node("Mul", [here, "mask3"], ["masked"]),
        ]
        here = "masked"
    if depth == 2:
        nodes.append(helper.make_node("ReduceSum", [here, "tokens_axis"], [output], keepdims=0))
    else:
        nodes.append(helper.make_node("Identity", [here], [output]))
    return nodes, constants


def write_tokenizer(folder: Path) -> None:
    """Writes tokenizer.json: words and signs, lower case."""
    made = Tokenizer(models.WordLevel(VOCABULARY, unk_token="[UNK]"))
    made.normalizer = normalizers.Lowercase()
    made.pre_tokenizer = pre_tokenizers.Whitespace()
    made.save(str(folder / "tokenizer.json"))


def say(path: Path, content: object) -> None:
    """Writes a JSON file of settings."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content), encoding="utf-8")
