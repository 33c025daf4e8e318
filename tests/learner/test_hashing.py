from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse

from learner import counting
from learner.errors import CorruptFeaturesError
from learner.features import TfidfFeatures
from learner.hashing import HashedFeatures

TEXTS = [
    "the service was great",
    "the service was poor",
    "a great, great place",
    "",
    "日本語 の テキスト 日本語",
    "the place",
] * 3


def gram(X: sparse.csr_matrix) -> np.ndarray:
    return np.asarray((X @ X.T).todense())


def test_with_room_enough_the_same_as_with_a_vocabulary() -> None:
    """A few hundred grams in a million columns: none of these meet."""
    assert gram(HashedFeatures(bits=20).fit_transform(TEXTS)) == pytest.approx(
        gram(TfidfFeatures().fit_transform(TEXTS)), abs=1e-5
    )


def test_the_width_is_fixed_and_rows_are_normal_when_grams_meet() -> None:
    source = HashedFeatures(bits=4)
    X = source.fit_transform(TEXTS)
    assert X.shape == (len(TEXTS), source.n_features) == (len(TEXTS), 32)
    assert X.has_canonical_format
    norms = np.sqrt(np.asarray(X.multiply(X).sum(axis=1))).ravel()
    filled = np.array([bool(text) for text in TEXTS])
    assert norms[filled] == pytest.approx(np.sqrt(2), abs=1e-5)
    assert (norms[~filled] == 0).all()


def test_chunks_and_a_restored_state_make_no_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    source = HashedFeatures(bits=8)
    whole = source.fit_transform(TEXTS)
    other = HashedFeatures(bits=8)
    other.restore(source.state())
    assert (other.transform(TEXTS) != whole).nnz == 0
    monkeypatch.setattr(counting, "CHUNK", 30)
    assert (HashedFeatures(bits=8).fit_transform(TEXTS) != whole).nnz == 0


def test_what_only_one_text_has_weighs_nothing() -> None:
    X = HashedFeatures(bits=16).fit_transform(["alpha", "omega"])
    assert X[:, : 1 << 16].nnz == 0


@pytest.mark.parametrize("texts", [[], [""], ["word"], ["same"] * 4, ["x " * 10]])
def test_hardly_any_text(texts: list[str]) -> None:
    X = HashedFeatures(bits=6).fit_transform(texts)
    assert X.shape == (len(texts), 128)
    assert np.isfinite(X.data).all()


def test_a_state_of_another_size_is_refused() -> None:
    with pytest.raises(CorruptFeaturesError, match="256 columns"):
        HashedFeatures(bits=8).restore(HashedFeatures(bits=7).state())
    with pytest.raises(CorruptFeaturesError, match="words_idf"):
        HashedFeatures(bits=8).restore({})


def test_bits_out_of_range() -> None:
    with pytest.raises(ValueError, match="between 1 and 30"):
        HashedFeatures(bits=31)
