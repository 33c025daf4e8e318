from __future__ import annotations

import sys

import numpy as np
import pytest
import tiny_embedder
from tiny_embedder import WIDTH, WORDS

from learner import embeddings
from learner.embeddings import EmbeddingFeatures
from learner.errors import CorruptFeaturesError, EmbeddingError
from learner.training import train

TEXTS = ["the service was great", "poor", "", "nonsense words", "The place was GOOD " * 9, "bad \ud800 service", "the"]


@pytest.fixture
def source() -> EmbeddingFeatures:
    return EmbeddingFeatures(tiny_embedder.model(), tiny_embedder.tokenizer())


def by_hand(text: str) -> np.ndarray:
    ids = [WORDS.index(w) if w in WORDS else 0 for w in text.lower().split()]
    mean = tiny_embedder.table()[ids].mean(axis=0) if ids else np.zeros(WIDTH)
    return mean / (np.linalg.norm(mean) or 1.0)


def test_rows_are_the_mean_of_the_tokens_and_of_length_1(source: EmbeddingFeatures) -> None:
    X = source.fit_transform(TEXTS).toarray()
    for row, text in zip(X, TEXTS, strict=True):
        if "\ud800" not in text:
            assert row == pytest.approx(by_hand(text), abs=1e-6)
    assert np.isfinite(X).all()
    assert X.dtype == np.float32


def test_a_row_does_not_depend_on_its_neighbours(source: EmbeddingFeatures, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = source.transform(TEXTS * 40).toarray()
    alone = np.vstack([source.transform([text]).toarray() for text in TEXTS])
    assert (whole[: len(TEXTS)] == alone).all()
    monkeypatch.setattr(embeddings, "BLOCK", 3)
    assert (source.transform(TEXTS * 40).toarray() == whole).all()


def test_progress_counts_texts_not_fillings() -> None:
    done: list[int] = []
    source = EmbeddingFeatures(tiny_embedder.model(), tiny_embedder.tokenizer(), progress=done.append)
    source.transform(TEXTS)
    assert sum(done) == len(TEXTS)


def test_the_models_own_pooling_is_used_where_it_has_one() -> None:
    source = EmbeddingFeatures(tiny_embedder.model(pooled=True), tiny_embedder.tokenizer())
    row = source.transform(["great place " * 4]).toarray()[0]
    most = tiny_embedder.table()[[1, 6]].max(axis=0)
    assert row == pytest.approx(most / np.linalg.norm(most), abs=1e-6)


def test_the_first_token_and_truncation() -> None:
    make = tiny_embedder.model(), tiny_embedder.tokenizer()
    first = EmbeddingFeatures(*make, pooling="cls").transform(["great bad place"]).toarray()[0]
    assert first == pytest.approx(by_hand("great"), abs=1e-6)
    cut = EmbeddingFeatures(*make, max_tokens=2).transform(["great bad place"]).toarray()[0]
    assert cut == pytest.approx(by_hand("great bad"), abs=1e-6)


def test_ten_megabytes_in_one_item(source: EmbeddingFeatures) -> None:
    assert source.transform(["great place " * 900_000]).shape == (1, WIDTH)


def test_names_tell_models_apart_and_states_are_checked(source: EmbeddingFeatures) -> None:
    make = tiny_embedder.model, tiny_embedder.tokenizer()
    names = {
        source.name,
        EmbeddingFeatures(make[0](tiny_embedder.table(1)), make[1]).name,
        EmbeddingFeatures(make[0](), make[1], max_tokens=9).name,
        EmbeddingFeatures(make[0](), make[1], pooling="cls").name,
    }
    assert len(names) == 4
    source.restore(source.state())
    with pytest.raises(CorruptFeaturesError, match="width"):
        source.restore({"width": np.array([3], np.int64)})


def test_it_can_be_learned_from(source: EmbeddingFeatures) -> None:
    texts = [f"the {WORDS[1 + n % 4]} {WORDS[5 + n % 2]}" for n in range(80)]
    X = source.transform(texts)
    y = ["bad" if n % 4 in (2, 3) else "good" for n in range(80)]
    model = train(X, y, classes=["bad", "good"], positive="bad", rng=np.random.default_rng(0))
    assert (model.flags(X) == np.array([label == "bad" for label in y])).mean() > 0.95


@pytest.mark.parametrize(
    ("model", "tokenizer", "message"),
    [
        (b"no model", tiny_embedder.tokenizer(), "ONNX Runtime can't load the model"),
        (tiny_embedder.model(), "{}", "tokeniser can't be read"),
        (tiny_embedder.model(inputs=("pixels",)), tiny_embedder.tokenizer(), "asks for pixels"),
        (tiny_embedder.model(np.full((9, WIDTH), np.nan, np.float32)), tiny_embedder.tokenizer(), "no numbers"),
    ],
)
def test_what_is_no_embedding_model(model: bytes, tokenizer: str, message: str) -> None:
    with pytest.raises(EmbeddingError, match=message):
        EmbeddingFeatures(model, tokenizer)


@pytest.mark.parametrize("missing", ["onnxruntime", "tokenizers"])
def test_without_the_extra(missing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, missing, None)
    with pytest.raises(
        EmbeddingError, match=rf"{missing} is not installed: pip install 'roundtable-learning\[embeddings\]'"
    ):
        EmbeddingFeatures(b"", "")
