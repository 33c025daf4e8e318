from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer

from learner import counting
from learner.errors import CorruptFeaturesError
from learner.features import TfidfFeatures
from learner.hashing import HashedFeatures
from learner.ngrams import normalise

TEXTS = [
    "The service was great, great, GREAT!",
    "a I x 42 the service",
    "café Café naïve — déjà vu",
    "日本語 の テキスト 日本語",
    "RT @user: http://x.y/z?q=1 #tag_one #tag_one",
    "emoji 😀😀 and e\u0301 accents",
    "",
    "   ",
    "the the the the service was not great at all",
]


def gram(X: sparse.csr_matrix) -> np.ndarray:
    return np.asarray((X @ X.T).todense())


def scikit(texts: list[str], min_df: int) -> sparse.csr_matrix:
    """The definition that ours must match: columns may come in another order, so Gram matrices are compared."""
    lines = [normalise(text).strip("\n") for text in texts]
    words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, min_df=min_df)
    chars = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True, min_df=min_df)
    return sparse.hstack([words.fit_transform(lines), chars.fit_transform(lines)], format="csr")


@pytest.mark.parametrize("min_df", [1, 2])
def test_the_same_as_scikit_learn(min_df: int) -> None:
    assert gram(TfidfFeatures(min_df=min_df).fit_transform(TEXTS)) == pytest.approx(
        gram(scikit(TEXTS, min_df)), abs=1e-5
    )


@settings(max_examples=80, deadline=None)
@given(st.lists(st.text(max_size=40), min_size=1, max_size=6))
def test_the_same_as_scikit_learn_on_any_text(texts: list[str]) -> None:
    texts = [text.encode("utf-8", "ignore").decode() for text in texts]
    texts.append("two words")
    assert gram(TfidfFeatures(min_df=1).fit_transform(texts)) == pytest.approx(gram(scikit(texts, 1)), abs=1e-5)


def test_transform_gives_the_fitted_rows_again_and_chunks_make_no_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    source = TfidfFeatures()
    whole = source.fit_transform(TEXTS)
    assert (source.transform(TEXTS) != whole).nnz == 0
    monkeypatch.setattr(counting, "CHUNK", 30)
    assert (TfidfFeatures().fit_transform(TEXTS) != whole).nnz == 0


def test_what_is_unknown_is_left_out() -> None:
    source = TfidfFeatures()
    X = source.fit_transform(["one two", "one two three"])
    row = source.transform(["zzz qqq", "one"])
    assert row.shape == (2, X.shape[1])
    assert row[0].nnz == 0
    assert np.sqrt(row[1].multiply(row[1]).sum()) == pytest.approx(np.sqrt(2), abs=1e-5)


@pytest.mark.parametrize("texts", [[], [""], ["", ""], ["a"], ["word"], ["same text"] * 5, ["one", "two"]])
def test_hardly_any_text(texts: list[str]) -> None:
    source = TfidfFeatures()
    X = source.fit_transform(texts)
    assert X.shape[0] == len(texts)
    assert X.dtype == np.float32
    assert np.isfinite(X.data).all()
    assert source.transform(["anything"]).shape == (1, X.shape[1])


def test_a_lone_surrogate_is_only_a_character() -> None:
    assert TfidfFeatures(min_df=1).fit_transform(["bad \ud800 text"]).nnz > 0


def test_ten_megabytes_in_one_item() -> None:
    X = TfidfFeatures(min_df=1).fit_transform(["lorem ipsum dolor " * 600_000, "lorem"])
    assert X.shape[0] == 2
    assert X[1].nnz > 0


@pytest.mark.parametrize("min_df", [1, 2])
def test_a_restored_source_makes_the_same_rows(min_df: int) -> None:
    source, other = TfidfFeatures(min_df=min_df), TfidfFeatures(min_df=min_df)
    source.fit_transform(TEXTS)
    other.restore(source.state())
    others = ["the great unknown service", "", "日本語"]
    assert (other.transform(others) != source.transform(others)).nnz == 0
    assert other.n_features == source.n_features


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda s: s.pop("words"), "no array 'words'"),
        (lambda s: s.update(words=s["words"][::-1]), "not in order"),
        (lambda s: s.update(words_idf=s["words_idf"][1:]), "do not fit"),
        (lambda s: s.update(characters_idf=s["characters_idf"] * np.nan), "do not fit"),
        (lambda s: s.update(characters=s["characters"].astype(float)), "uint64"),
    ],
)
def test_a_state_that_is_none_is_refused(change: Callable[[dict[str, np.ndarray]], object], message: str) -> None:
    source = TfidfFeatures()
    source.fit_transform(TEXTS)
    state = source.state()
    change(state)
    with pytest.raises(CorruptFeaturesError, match=message):
        TfidfFeatures().restore(state)


def test_threads_make_no_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = TfidfFeatures().fit_transform(TEXTS * 9)
    monkeypatch.setattr(counting, "CHUNK", 30)
    with ThreadPoolExecutor(3) as pool:
        assert (TfidfFeatures(mapper=pool.map).fit_transform(TEXTS * 9) != whole).nnz == 0


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(), min_size=1, max_size=8))
def test_never_anything_but_finite_numbers(texts: list[str]) -> None:
    for source in (TfidfFeatures(), TfidfFeatures(min_df=1), HashedFeatures(bits=5)):
        X = source.fit_transform(texts)
        assert X.has_canonical_format
        assert np.isfinite(X.data).all() and (X.data > 0).all()
