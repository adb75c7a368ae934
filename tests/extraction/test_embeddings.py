"""Sentence embeddings from a folder of the user's: a real small model, from the command line to the map."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
from onnx import TensorProto

from rejoinder.cli import main
from rejoinder.loaders.embeddings import claiming, similar
from rejoinder.loaders.embeddings.folder import MOST_TOKENS, open_folder
from rejoinder.loaders.embeddings.model import SCALE, EmbeddingModel
from rejoinder.loaders.embeddings.vectors import Vectors, cosines
from rejoinder.loaders.extract.labelled import threads_to_learn
from tests import tiny_model as tiny
from tests.tiny_model import say

SHELF = "The seed shelf should open on Saturday mornings."
ALIKE = "The seed shelf ought to open on Saturday morning."
THREAD = [
    ("c1", None, "Marta", f"{SHELF} Gardeners must bring back as many packets as they took."),
    ("c2", "c1", "Osk", "Volunteers are tired. The seed shelf should not open on Saturday mornings."),
    ("c3", "c1", "Ines", f"I have thought about it for a week. {ALIKE}"),
    ("c4", "c3", "Theo", "We lend 15 packets of tomato seed every year."),
    ("c5", "c4", "Marta", "We lend 50 packets of tomato seed every year."),
    ("c6", "c4", "Ines", "We lend 15 packets of tomato seed each year."),
]
PREFIX = "PREFIX rj: <https://w3id.org/rejoinder/ns#> "
SIMILAR = """SELECT * WHERE {
  ?move a rj:Similarity ; rj:source ?source ; rj:target ?target ; rj:confidence ?score ;
    rj:method ?method ; rj:cue ?cue .
  ?source rj:text ?one . ?target rj:text ?other . }"""


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny.write(tmp_path_factory.mktemp("models") / "tiny")


@pytest.fixture(scope="session")
def vectors(folder: Path) -> Vectors:
    return Vectors(EmbeddingModel(open_folder(folder)))


@pytest.fixture
def thread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file with a thread; what is cached stays in the test's own folder."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return written(tmp_path / "shelf.jsonl", THREAD)


def written(path: Path, comments: Sequence[tuple[str, str | None, str, str]], thread: str = "shelf") -> Path:
    rows = [
        {"id": id_, "thread": thread, "parent": parent, "author": author, "text": text}
        for id_, parent, author, text in comments
    ]
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    return path


def load(store: Path, *words: object) -> Result:
    return CliRunner().invoke(main, ["load", "--store", str(store), *map(str, words)])


def exported(store: Path) -> bytes:
    return CliRunner().invoke(main, ["export", "--store", str(store)]).stdout_bytes


def select(store: Path, query: str) -> list[dict[str, str]]:
    """The rows that a query gives."""
    command = ["query", "--store", str(store), "--format", "json", "-"]
    found = json.loads(CliRunner().invoke(main, command, input=PREFIX + query).stdout)
    return [{name: one["value"] for name, one in row.items()} for row in found["results"]["bindings"]]


def similarities(store: Path) -> dict[frozenset[str], float]:
    """The pairs of texts that are proposed as similar, with their scores."""
    return {frozenset((row["one"], row["other"])): float(row["score"]) for row in select(store, SIMILAR)}


def test_near_duplicates_are_proposed_and_reversals_are_not(thread: Path, folder: Path, tmp_path: Path) -> None:
    assert load(tmp_path / "store", "--embeddings", folder, thread).exit_code == 0
    found = similarities(tmp_path / "store")
    assert found.keys() == {
        frozenset((SHELF, ALIKE)),
        frozenset(("We lend 15 packets of tomato seed every year.", "We lend 15 packets of tomato seed each year.")),
    }
    assert all(0.8 <= score <= 1 for score in found.values())


def test_the_store_conforms_and_the_later_claim_is_the_source(thread: Path, folder: Path, tmp_path: Path) -> None:
    load(tmp_path / "store", "--embeddings", folder, thread)
    checked = CliRunner().invoke(main, ["check", "--store", str(tmp_path / "store")])
    assert (checked.exit_code, "conforms" in checked.stdout) == (0, True), checked.output
    (row,) = [row for row in select(tmp_path / "store", SIMILAR) if row["other"] == SHELF]
    assert row["one"] == ALIKE
    assert (row["method"].rpartition("#")[2], row["cue"]) == ("model", "embedding")


def test_the_digests_of_the_model_are_shown_and_stand_in_the_map(thread: Path, folder: Path, tmp_path: Path) -> None:
    result = load(tmp_path / "store", "--embeddings", folder, thread)
    digests = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in tiny.FILES}
    for name, digest in digests.items():
        assert f"embeddings: {name}, SHA-256 {digest}\n" in result.stderr
    assert parameters(tmp_path / "store")["embeddings"] == {
        "lower": False,
        "model": digests["model.onnx"],
        "pooling": "mean",
        "similar": 0.8,
        "tokenizer": digests["tokenizer.json"],
        "tokens": MOST_TOKENS,
    }


def parameters(store: Path) -> dict[str, object]:
    """What the one extraction of the store was made with."""
    (row,) = select(store, "SELECT ?one { ?extraction rj:parameters ?one }")
    return dict(json.loads(row["one"]))


def test_the_same_input_gives_the_same_quads_whatever_is_loaded_beside_it(
    thread: Path, folder: Path, tmp_path: Path
) -> None:
    beside = written(tmp_path / "other.jsonl", [("x1", None, "Osk", f"{ALIKE} {SHELF}")], thread="other")
    load(tmp_path / "cold", "--embeddings", folder, thread, beside)
    load(tmp_path / "warm", "--embeddings", folder, beside)
    load(tmp_path / "warm", "--embeddings", folder, thread)
    assert exported(tmp_path / "cold") == exported(tmp_path / "warm")
    assert "; 0 quads changed;" in load(tmp_path / "warm", "--embeddings", folder, thread).stdout


@pytest.mark.parametrize(("threshold", "pairs"), [pytest.param("0.9", 2, id="0.9"), pytest.param("1", 1, id="1")])
def test_settings_name_the_folder_and_the_least_cosine(
    thread: Path, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, threshold: str, pairs: int
) -> None:
    monkeypatch.setenv("REJOINDER_EMBEDDINGS", str(folder))
    monkeypatch.setenv("REJOINDER_SIMILARITY_THRESHOLD", threshold)
    assert "embeddings: model.onnx" in load(tmp_path / "store", thread).stderr
    assert len(similarities(tmp_path / "store")) == pairs


def test_an_empty_option_means_none(thread: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REJOINDER_EMBEDDINGS", "nowhere")
    assert load(tmp_path / "store", "--embeddings", "", thread).exit_code == 0
    assert similarities(tmp_path / "store") == {}


def gone(name: str) -> Callable[[Path], object]:
    return lambda folder: (folder / name).unlink()


def put(name: str, content: bytes) -> Callable[[Path], object]:
    return lambda folder: (folder / name).write_bytes(content)


def set_(name: str, content: object) -> Callable[[Path], object]:
    return lambda folder: say(folder / name, content)


def renamed(folder: Path) -> None:
    (folder / "model.onnx").rename(folder / "model_O4.onnx")


def model(**given: object) -> Callable[[Path], object]:
    return lambda folder: tiny.write(folder, **given)  # type: ignore[arg-type]


DENSE = [{"type": "sentence_transformers.models.Transformer"}, {"type": "sentence_transformers.models.Dense"}]
WRONG = {
    "no model": (gone("model.onnx"), "expected model.onnx or onnx/model.onnx in it"),
    "another name": (renamed, "found model_O4.onnx: copy one to that name"),
    "no tokenizer": (
        gone("tokenizer.json"),
        "tokenizer.json: expected the model's fast tokenizer, the file is missing",
    ),
    "garbage": (put("model.onnx", b"\x08\x07garbage"), "model.onnx: expected an ONNX model, "),
    "empty": (put("model.onnx", b""), "model.onnx: expected an ONNX model, "),
    "tokenizer cut off": (put("tokenizer.json", b'{"model": '), "tokenizer.json: expected JSON, got "),
    "another tokenizer": (
        put("tokenizer.json", b"{}"),
        "tokenizer.json: expected a tokenizer of the tokenizers library",
    ),
    "settings cut off": (put("modules.json", b"["), "modules.json: expected JSON, got "),
    "nested settings": (put("sentence_bert_config.json", b"[" * 100_000), "sentence_bert_config.json: expected JSON"),
    "no object": (set_("1_Pooling/config.json", ["mean"]), "config.json: expected a JSON object"),
    "no list": (set_("modules.json", {"type": "Pooling"}), "modules.json: expected a JSON list of objects"),
    "no length": (
        set_("sentence_bert_config.json", {"max_seq_length": "many"}),
        "expected a length of 3 tokens or more",
    ),
    "pooling": (
        set_("1_Pooling/config.json", {"pooling_mode": "median"}),
        "pooling 'median' is not known; expected cls,",
    ),
    "old pooling": (
        set_("1_Pooling/config.json", {"pooling_mode_weightedmean_tokens": True}),
        "pooling 'weightedmean' is not known",
    ),
    "further step": (set_("modules.json", DENSE), "the step Dense is not known; export the model with an output"),
    "other inputs": (model(inputs=["ids"]), "expected the inputs input_ids, attention_mask and perhaps"),
    "more inputs": (
        model(inputs=["input_ids", "attention_mask", "position_ids"]),
        "got attention_mask, input_ids, pos",
    ),
    "real inputs": (model(type_=TensorProto.FLOAT), "expected input_ids to be tensor(int64), got tensor(float)"),
    "other outputs": (
        model(output="pooler_output", depth=2),
        "expected an output sentence_embedding (texts x numbers)",
    ),
    "flat output": (model(depth=2), "to have the shape 1 x 2 x numbers for 2 tokens, got 1 x 24"),
    "deep output": (model(output="sentence_embedding"), "to have the shape 1 x numbers for 2 tokens, got 1 x 2 x 24"),
    "few positions": (model(positions=8), "model.onnx: failed on 512 tokens: "),
}


@pytest.mark.parametrize(("broken", "message"), WRONG.values(), ids=WRONG)
def test_a_folder_that_is_not_right_is_refused_by_the_name_of_its_file(
    thread: Path, tmp_path: Path, broken: Callable[[Path], object], message: str
) -> None:
    folder = tiny.write(tmp_path / "model")
    broken(folder)
    result = load(tmp_path / "store", "--embeddings", folder, thread)
    assert result.exit_code == 1
    assert f"Error: {folder}" in result.stderr
    assert message in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert not (tmp_path / "store").exists()


def test_a_folder_that_is_not_there_is_refused(thread: Path, tmp_path: Path) -> None:
    result = load(tmp_path / "store", "--embeddings", tmp_path / "none", thread)
    assert (result.exit_code, "expected the folder of an embedding model" in result.stderr) == (1, True)


BLOCKED = """
import sys

class Blocked:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {"numpy", "onnxruntime", "tokenizers"}:
            raise ModuleNotFoundError(name)

sys.meta_path.insert(0, Blocked())
from rejoinder.cli import main
main()
"""
OFFLINE = """
import sys

def refuse(event, arguments):
    if event.startswith("socket.") and event != "socket.__new__":
        raise SystemExit(f"{event} {arguments}")

sys.addaudithook(refuse)
from rejoinder.cli import main
main()
"""


def run(script: str, tmp_path: Path, *words: object) -> subprocess.CompletedProcess[str]:
    """The command line in a process of its own, at home in `tmp_path`, and not known to run for CI."""
    env = {name: value for name, value in os.environ.items() if not name.startswith(("CI", "XDG_", "REJOINDER_"))}
    env |= {"HOME": str(tmp_path / "home"), "XDG_CACHE_HOME": str(tmp_path / "home" / "cache")}
    (tmp_path / "home").mkdir(exist_ok=True)
    command = [sys.executable, "-W", "error", "-c", script, "load", "--store", tmp_path / "store", *words]
    return subprocess.run(list(map(str, command)), env=env, capture_output=True, text=True, check=False)


def test_without_the_extra_the_error_says_how_to_install_it(thread: Path, folder: Path, tmp_path: Path) -> None:
    done = run(BLOCKED, tmp_path, "--embeddings", folder, thread)
    assert (done.returncode, done.stderr) == (1, "Error: embeddings need numpy: pip install 'rejoinder[embeddings]'\n")


def test_without_the_extra_everything_else_goes_on(thread: Path, tmp_path: Path) -> None:
    done = run(BLOCKED, tmp_path, thread)
    assert (done.returncode, done.stderr) == (0, "")


def test_no_connection_is_opened_and_nothing_is_left_but_the_cache(thread: Path, folder: Path, tmp_path: Path) -> None:
    done = run(OFFLINE, tmp_path, "--embeddings", folder, thread)
    assert done.returncode == 0, done.stderr
    paths = [path.relative_to(tmp_path / "home") for path in (tmp_path / "home").rglob("*") if path.is_file()]
    assert [path.parent.as_posix() for path in paths] == ["cache/rejoinder"], paths


POOLED = {
    "nothing said": ({}, lambda rows: rows.mean(axis=0)),
    "mean": ({"pooling_mode_mean_tokens": True}, lambda rows: rows.mean(axis=0)),
    "cls": ({"pooling_mode_cls_token": True}, lambda rows: rows[0]),
    "max": ({"pooling_mode_max_tokens": True}, lambda rows: rows.max(axis=0)),
    "root of length": ({"pooling_mode_mean_sqrt_len_tokens": True}, lambda rows: rows.sum(axis=0)),
    "last": ({"pooling_mode_lasttoken": True}, lambda rows: rows[-1]),
    "the newer way": ({"pooling_mode": "cls"}, lambda rows: rows[0]),
    "two": (
        {"pooling_mode_cls_token": True, "pooling_mode_max_tokens": True, "pooling_mode_mean_tokens": False},
        lambda rows: np.concatenate([rows[0], rows.max(axis=0)]),
    ),
}


@pytest.mark.parametrize(("settings", "by_hand"), POOLED.values(), ids=POOLED)
def test_tokens_are_pooled_as_the_settings_say(
    tmp_path: Path, settings: dict[str, object], by_hand: Callable[[np.ndarray], np.ndarray]
) -> None:
    folder = tiny.write(tmp_path / "model")
    say(folder / "1_Pooling" / "config.json", settings)
    expected = by_hand(tiny.table()[[tiny.VOCABULARY[word] for word in ("the", "seed", "shelf")]].astype(float))
    found = EmbeddingModel(open_folder(folder)).vector("The seed shelf")
    assert np.abs(found / SCALE - expected / np.linalg.norm(expected)).max() < 1e-4


@pytest.mark.parametrize(
    "given",
    [
        pytest.param({"output": "sentence_embedding", "depth": 2}, id="pooled by the model"),
        pytest.param({"output": "embedding", "depth": 2}, id="pooled, under another name"),
        pytest.param({"output": "token_embeddings"}, id="tokens, under another name"),
        pytest.param({"output": "hidden"}, id="tokens, under any name"),
        pytest.param({"inputs": ["input_ids"]}, id="no mask"),
        pytest.param({"inputs": ["input_ids", "attention_mask", "token_type_ids"]}, id="token types"),
        pytest.param({"type_": TensorProto.INT32}, id="smaller numbers"),
    ],
)
def test_exports_of_other_kinds_give_the_same_vectors(
    tmp_path: Path, vectors: Vectors, given: dict[str, object]
) -> None:
    other = EmbeddingModel(open_folder(tiny.write(tmp_path / "model", **given)))  # type: ignore[arg-type]
    assert np.abs(other.vector(SHELF) - vectors.vector_of(SHELF)).max() <= 1


def test_a_model_may_lie_in_the_folder_onnx(tmp_path: Path, vectors: Vectors) -> None:
    tiny.write(tmp_path / "onnx")
    assert (EmbeddingModel(open_folder(tmp_path)).vector(SHELF) == vectors.vector_of(SHELF)).all()


LENGTHS = {
    "sentence_bert_config": ([("sentence_bert_config.json", {"max_seq_length": 4})], 4),
    "tokenizer_config": ([("tokenizer_config.json", {"model_max_length": 5})], 5),
    "the former before the latter": (
        [("sentence_bert_config.json", {"max_seq_length": 4}), ("tokenizer_config.json", {"model_max_length": 5})],
        4,
    ),
    "no limit": ([("tokenizer_config.json", {"model_max_length": 1e30})], MOST_TOKENS),
    "more than are read": ([("sentence_bert_config.json", {"max_seq_length": 8192})], MOST_TOKENS),
}


@pytest.mark.parametrize(("files", "tokens"), LENGTHS.values(), ids=LENGTHS)
def test_of_a_long_text_the_first_tokens_are_read(tmp_path: Path, files: list[tuple[str, object]], tokens: int) -> None:
    folder = tiny.write(tmp_path / "model")
    for name, content in files:
        say(folder / name, content)
    opened = EmbeddingModel(open_folder(folder))
    read, all_ = " ".join(["seed", "shelf"] * 300).split()[:tokens], "seed shelf " * 300 + "tomato " * 9_000
    assert (opened.folder.tokens, (opened.vector(all_) == opened.vector(" ".join(read))).all()) == (tokens, True)


def test_the_truncation_of_the_tokenizer_counts(tmp_path: Path) -> None:
    folder = tiny.write(tmp_path / "model")
    said = json.loads((folder / "tokenizer.json").read_bytes())
    whole = {"direction": "Right", "max_length": 6, "strategy": "LongestFirst", "stride": 0}
    say(folder / "tokenizer.json", said | {"truncation": whole})
    assert EmbeddingModel(open_folder(folder)).folder.tokens == 6


@pytest.mark.parametrize("text", ["", " \n\t"], ids=["empty", "blank"])
def test_a_text_without_words_is_like_nothing(vectors: Vectors, text: str) -> None:
    assert not vectors.vector_of(text).any()
    assert vectors.likeness(SHELF, [text, SHELF]) == [0.0, 1.0]
    assert vectors.likeness(SHELF, []) == []


def test_lower_case_where_the_settings_ask_for_it(tmp_path: Path) -> None:
    folder = tiny.write(tmp_path / "model")
    say(folder / "sentence_bert_config.json", {"do_lower_case": True})
    assert EmbeddingModel(open_folder(folder)).parameters["lower"] is True


def test_a_large_model_is_hashed_with_the_files_that_hold_its_weights(tmp_path: Path) -> None:
    folder = tiny.write(tmp_path / "model")
    alone = EmbeddingModel(open_folder(folder)).sha256
    (folder / "model.onnx_data").write_bytes(b"weights")
    assert EmbeddingModel(open_folder(folder)).sha256 != alone


said = st.lists(st.sampled_from(sorted(tiny.VOCABULARY)[2:]), min_size=1, max_size=7).map(" ".join)


@given(one=said, other=said)
def test_likeness_is_symmetric_within_bounds_and_whole_for_the_same(vectors: Vectors, one: str, other: str) -> None:
    (there,), (back,) = vectors.likeness(one, [other]), vectors.likeness(other, [one])
    assert there == back
    assert 0 <= there <= 1
    assert vectors.likeness(one, [one]) == [1.0]


@given(st.lists(said, max_size=12))
def test_forgetting_vectors_and_making_them_in_any_order_changes_nothing(vectors: Vectors, texts: list[str]) -> None:
    forgetful = Vectors(vectors.model, kept=2)
    forgetful.learn(reversed(texts))
    assert (forgetful.rows(texts) == vectors.rows(texts)).all()


@given(texts=st.lists(said, max_size=12), least=st.sampled_from([0.3, 0.6, 0.9]), block=st.integers(1, 5))
def test_pairs_are_those_that_comparing_each_with_each_finds(
    vectors: Vectors, texts: list[str], least: float, block: int
) -> None:
    rows = vectors.rows(texts)
    scores = cosines(rows, rows)
    expected = {(i, j) for i in range(len(texts)) for j in range(i) if scores[i, j] >= least}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(similar, "BLOCK", block)
        found = list(similar.similar_pairs(vectors, texts, least))
    assert {(i, j) for _, i, j in found} == expected
    assert all(score == scores[i, j] for score, i, j in found)


def test_a_crowd_of_near_duplicates_stays_within_the_cap(folder: Path, thread: Path, tmp_path: Path) -> None:
    crowd = [(f"d{number}", None, f"gardener{number}", f"{SHELF}") for number in range(40)]
    load(tmp_path / "store", "--embeddings", folder, written(tmp_path / "crowd.jsonl", crowd))
    used = Counter(row[end] for row in select(tmp_path / "store", SIMILAR) for end in ("source", "target"))
    assert used
    assert max(used.values()) <= similar.PAIRS_KEPT


def test_weights_are_where_the_likelihood_is_highest() -> None:
    drawn = np.random.default_rng(3)
    rows = np.hstack([drawn.normal(size=(300, 6)), np.ones((300, 1))])
    claims = (drawn.random(300) < 1 / (1 + np.exp(-rows @ np.array([2, -1, 0.5, 0, 0, 1, 0.5])))).astype(float)
    weights = claiming.fit_weights(rows, claims)
    penalty = np.array([claiming.PENALTY] * 6 + [claiming.CONSTANT_PENALTY])
    slope = rows.T @ (1 / (1 + np.exp(-rows @ weights)) - claims) + penalty * weights
    assert np.abs(slope).max() < 0.02


def test_nothing_to_fit_on_gives_weights_all_the_same() -> None:
    assert not claiming.fit_weights(np.zeros((0, 4)), np.zeros(0)).any()


def test_a_judge_tells_apart_what_it_was_fitted_to_tell_apart(vectors: Vectors) -> None:
    claims = [
        f"{word} must bring back {other}" for word in ("gardeners", "volunteers", "they") for other in ("seed", "beans")
    ]
    asides = [f"one two longest {word}" for word in ("i", "we", "and", "saturday", "sunday", "fifty")]
    rows = claiming.regression_rows(vectors, [*claims, *asides] * 40)
    judge = claiming.ClaimJudge(vectors, claiming.fit_weights(rows, np.array(([1.0] * 6 + [0.0] * 6) * 40)))
    assert [judge.is_claim(one) for one in claims + asides] == [True] * 6 + [False] * 6


def test_examples_are_passages_of_the_corpus_that_the_rules_take_for_claims() -> None:
    examples = [one for thread in threads_to_learn() for one in claiming.examples_of(thread)]
    assert 0.8 < sum(one.claims for one in examples) / len(examples) < 0.98
    assert not any(one.text.endswith("?") for one in examples)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(None, id="as it was written"),
        pytest.param("[1, 2", id="cut off"),
        pytest.param("[1, 2]", id="of another size"),
        pytest.param('{"a": 1}', id="something else"),
        pytest.param("[" * 100_000, id="nested"),
    ],
)
def test_weights_are_cached_and_what_is_broken_is_fitted_again(
    vectors: Vectors, tmp_path: Path, content: str | None
) -> None:
    fitted = claiming.fitted_judge(vectors, tmp_path).weights
    (path,) = tmp_path.iterdir()
    if content is not None:
        path.write_text(content, encoding="utf-8")
    assert (claiming.fitted_judge(vectors, tmp_path).weights == fitted).all()
    assert json.loads(path.read_bytes()) == fitted.tolist()


def test_a_cache_that_cannot_be_written_is_done_without(vectors: Vectors, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    fitted = claiming.fitted_judge(vectors, tmp_path / "file" / "cache").weights
    assert (fitted == claiming.fitted_judge(vectors, None).weights).all()
