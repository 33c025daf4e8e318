"""Query strategies of small-text and scikit-activeml, on the learner's own classifier and features.

Neither is among the project's dependencies. scikit-activeml takes no sparse matrix: it is given row numbers as features, and a classifier
that looks the rows up, so that its strategies see the very same probabilities. Strategies that compare items by dense embeddings get
100 dimensions of a truncated SVD (latent semantic analysis) of the same features.
For two classes entropy, margin and least confidence rank alike, so one of the three stands for all.
"""

from __future__ import annotations

import importlib
import importlib.metadata
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from sklearn.decomposition import TruncatedSVD
from sklearn.preprocessing import normalize

from learner.classifier import LinearClassifier, fit
from learner.types import Floats, Matrix, Rows

PEERS = {"small-text": "small_text", "scikit-activeml": "skactiveml.pool"}
DIMENSIONS = 100
MEMBERS = 5


@dataclass(eq=False)
class Pool:
    """All rows of a task, and their classes."""

    X: Matrix
    codes: Rows

    @cached_property
    def embedding(self) -> Floats:
        """Rows (n, DIMENSIONS) of length 1."""
        dense = TruncatedSVD(DIMENSIONS, random_state=0).fit_transform(self.X)
        return np.asarray(normalize(dense), dtype=np.float64)


Strategy = Callable[[Pool, Rows, Rows, int, np.random.Generator], Rows]


def version(peer: str) -> str | None:
    """Its version, None if it can't be imported."""
    try:
        importlib.import_module(PEERS[peer])
        return importlib.metadata.version(peer)
    except ImportError:
        return None


def available(wanted: Sequence[str], report: Callable[[str], None]) -> list[str]:
    """Names of the strategies wanted (all of a peer's, or one by its name); `report` is told, loudly, of a peer that is not installed."""
    names: list[str] = []
    for one in wanted:
        peer = one.split()[0]
        if peer not in PEERS:
            raise SystemExit(f"no peer {peer!r}; there are {', '.join(PEERS)}")
        found = version(peer)
        if found is None:
            report(
                f"!!! PEER {peer.upper()} IS NOT INSTALLED AND NOT COMPARED. "
                f"`pip install --target DIR {peer}`, then PYTHONPATH=DIR."
            )
            continue
        report(f"{peer} {found}")
        names += [name for name in STRATEGIES if name.startswith(one)]
    return names


class SmallTextClassifier:
    """The learner's classifier as small-text wants it: data sets in, probabilities out."""

    def __init__(self, model: LinearClassifier, embedding: Callable[[Any], Floats]) -> None:
        self.model, self._embedding = model, embedding

    def predict_proba(self, dataset: Any) -> Floats:
        """Probabilities (n, k)."""
        return self.model.predict_proba(dataset.x)

    def embed(self, dataset: Any, return_proba: bool = False, pbar: str | None = None) -> Any:  # noqa: ARG002
        """Dense rows, with probabilities if wanted."""
        embedded = self._embedding(dataset)
        return (embedded, self.predict_proba(dataset)) if return_proba else embedded


def small_text(name: str, *, embeds: bool = False, needs_classifier: bool = True, **arguments: Any) -> Strategy:
    """One of small-text's strategies. It draws from numpy's global state, which is set for it."""

    def query(pool: Pool, labelled: Rows, left: Rows, count: int, rng: np.random.Generator) -> Rows:
        library = importlib.import_module("small_text")
        strategy = getattr(library, name)(**arguments)
        clf = None
        np.random.seed(int(rng.integers(2**31)))
        dataset = library.SklearnDataset(pool.X, pool.codes, target_labels=np.arange(2))
        rows = np.concatenate([left, labelled])  # what an embedding strategy asks for, in its order
        if needs_classifier:
            model = fit(pool.X[labelled], pool.codes[labelled], 2)
            clf = SmallTextClassifier(model, lambda _: pool.embedding[rows])
        extra = {"pbar": None} if embeds else {}
        picked = strategy.query(clf, dataset, left, labelled, pool.codes[labelled], n=count, **extra)
        return np.asarray(picked, dtype=np.int64)

    return query


def row_classifier(pool: Pool, models: Sequence[LinearClassifier]) -> list[Any]:
    """Fitted models as scikit-activeml's classifiers, whose features are row numbers."""
    base = importlib.import_module("skactiveml.base").SkactivemlClassifier

    class RowClassifier(base):  # type: ignore[misc, valid-type]
        """Looks the rows up."""

        def __init__(self, model: LinearClassifier | None = None) -> None:
            super().__init__(classes=[0, 1], missing_label=-1, cost_matrix=None, random_state=0)
            self.model = model
            self.classes_ = np.arange(2)

        def fit(self, X: Any, y: Any, sample_weight: Any = None) -> Any:  # noqa: ARG002
            """It is fitted already."""
            return self

        def predict_proba(self, X: Any, embed: bool = False) -> Any:
            """Probabilities (n, 2), with dense rows if wanted."""
            rows = np.asarray(X)[:, 0].astype(np.int64)
            assert self.model is not None
            proba = self.model.predict_proba(pool.X[rows])
            return (proba, pool.embedding[rows]) if embed else proba

        def predict(self, X: Any) -> Any:
            """The likelier class (n,)."""
            return self.predict_proba(X).argmax(axis=1)

    made = [RowClassifier(model) for model in models]
    for clf in made:
        clf._le = importlib.import_module("skactiveml.utils").ExtLabelEncoder(classes=[0, 1], missing_label=-1)
        clf._le.fit([0, 1])
    return made


def scikit_activeml(name: str, *, committee: bool = False, needs_classifier: bool = True, **arguments: Any) -> Strategy:
    """One of scikit-activeml's strategies."""

    def query(pool: Pool, labelled: Rows, left: Rows, count: int, rng: np.random.Generator) -> Rows:
        library = importlib.import_module("skactiveml.pool")
        strategy = getattr(library, name)(missing_label=-1, random_state=int(rng.integers(2**31)), **arguments)
        y = np.full(len(pool.codes), -1)
        y[labelled] = pool.codes[labelled]
        rows = np.arange(len(y), dtype=np.float64)[:, None]
        who: dict[str, Any] = {}
        if committee:
            ensemble = row_classifier(pool, _bootstraps(pool, labelled, rng))
            who = {"ensemble": ensemble, "fit_ensemble": False}
        elif needs_classifier:
            clf = row_classifier(pool, [fit(pool.X[labelled], pool.codes[labelled], 2)])[0]
            who = {"estimator": clf, "fit_estimator": False} if name == "Clue" else {"clf": clf, "fit_clf": False}
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            picked = strategy.query(X=rows, y=y, candidates=left, batch_size=count, **who)
        return np.asarray(picked, dtype=np.int64)

    return query


def _bootstraps(pool: Pool, labelled: Rows, rng: np.random.Generator) -> list[LinearClassifier]:
    """Members fitted on stratified bootstraps."""
    sides = [labelled[pool.codes[labelled] == code] for code in (0, 1)]
    draws = [np.concatenate([rng.choice(side, len(side)) for side in sides]) for _ in range(MEMBERS)]
    return [fit(pool.X[rows], pool.codes[rows], 2) for rows in draws]


STRATEGIES: dict[str, Strategy] = {
    "small-text BreakingTies": small_text("BreakingTies"),
    "small-text LightweightCoreset": small_text("LightweightCoreset", embeds=True),
    "small-text EmbeddingKMeans": small_text("EmbeddingKMeans", embeds=True),
    "small-text ContrastiveActiveLearning": small_text("ContrastiveActiveLearning", embeds=True),
    "scikit-activeml UncertaintySampling": scikit_activeml("UncertaintySampling", method="entropy"),
    "scikit-activeml QueryByCommittee KL": scikit_activeml("QueryByCommittee", committee=True, method="KL_divergence"),
    "scikit-activeml QueryByCommittee votes": scikit_activeml(
        "QueryByCommittee", committee=True, method="vote_entropy"
    ),
    "scikit-activeml Clue": scikit_activeml("Clue", predict_dict={"embed": True}),
    "scikit-activeml Falcun": scikit_activeml("Falcun"),
}
