"""Models: made from the labels that train, stored as versions, loaded again; the pool's features kept in memory."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from dataclasses import asdict, dataclass

import numpy as np

from bot.domain import ModelVersion, Project
from bot.services import coding, weights
from bot.services.features import Fit, PoolFeatures, PoolRows
from bot.services.ports import Clock, Store
from bot.services.standing import Standing
from learner import audit, persist
from learner.errors import TooFewLabelsError
from learner.multilabel import Model, MultiLabelModel, train_labels
from learner.threshold import parse_target
from learner.training import train
from learner.types import Floats, Mask, Matrix, Rows

POOLS_IN_MEMORY = 4
MODELS_KEPT = 20  # versions whose bytes are kept, to go back to; what each one was stays known for good
DESCRIPTIONS = {
    "tfidf": "word 1-2-gram and char_wb 2-5-gram TF-IDF",
    "hashed": "word 1-2-gram and char_wb 2-5-gram TF-IDF in hashed columns",
    "embeddings": "sentence embeddings",
}


@dataclass(frozen=True, eq=False)
class Pool:
    """All items of a project as rows: `ids` in their order of arrival, `X` (n, d), `priorities` (n,) of the audit."""

    rows_of: PoolRows
    ids: tuple[str, ...]
    row: dict[str, int]
    X: Matrix
    priorities: Floats
    fingerprint: str

    def rows(self, items: list[str]) -> Rows:
        """The rows of these items, in the order given."""
        return np.array([self.row[item] for item in items], dtype=np.int64)

    def mask(self, items: set[str] | frozenset[str]) -> Mask:
        """True (n,) where the row's item is one of `items`."""
        return np.fromiter((item in items for item in self.ids), dtype=np.bool_, count=len(self.ids))


class Trainer:
    """Trains, stores and loads models. One per process; keeps the features of the last few pools."""

    def __init__(self, store: Store, clock: Clock, features: PoolFeatures | None = None) -> None:
        self._store, self._clock = store, clock
        self._features = features or PoolFeatures(store)
        self._pools: OrderedDict[str, Pool] = OrderedDict()

    def pool(self, project: Project, *, opening: bool = False) -> Pool:
        """The project's items as features: those that the current model was trained on, extended when items have come.

        With `opening`, of a round, they are fitted anew if the pool has outgrown them (see bot.services.features).
        """
        known = self._pools.get(project.id)
        fit = fit_of(self._store.models.current(project.id))
        if opening and fit is not None and fit.outgrown(self._store.items.arrivals(project.id)):
            fit = None
        rows = self._features.rows(project, fit, known.rows_of if known is not None else None)
        if known is None or known.rows_of is not rows:
            known = _pool(project, rows, known)
            self._pools[project.id] = known
            while len(self._pools) > POOLS_IN_MEMORY:
                self._pools.popitem(last=False)
        self._pools.move_to_end(project.id)
        return known

    def train(
        self, project: Project, standing: Standing, number: int, token: int, *, opening: bool = False
    ) -> tuple[ModelVersion, Model] | None:
        """A model of the labels as they stand, stored and made current; the stored one if these labels were learned already.

        `number` is the round that the labels are those of (0: the seed set); `opening` says that the next one opens: see `pool`.
        None at a cold start, when fewer than two classes have labels. Raises ConflictError when `token` is outdated.
        """
        gone_back = self._gone_back(project, standing)
        if gone_back is not None:
            return gone_back
        pool = self.pool(project, opening=opening)
        current = self._store.models.current(project.id)
        if current is not None and self._is_of(current, standing, pool, number):
            model = self.load(current)
            if _fits(model, project):
                return current, model
        try:
            model = _learned(project, standing, pool, number)
        except TooFewLabelsError:
            return None
        version = self._version(project, standing, pool, number, model)
        if current is not None and current.id == version.id:  # the same answers, on other features or for other classes
            version = version.model_copy(update={"id": f"{version.id}-{_mark(pool, model)}"})
        self._store.models.save(version, persist.dump(model), token)
        self._store.models.prune(project.id, MODELS_KEPT)
        return version, model

    def _gone_back(self, project: Project, standing: Standing) -> tuple[ModelVersion, Model] | None:
        """The version that a lead went back to, while the labels are as they were then; None without one.

        The pool keeps that version's features, as it is the current one. One for other labels than the project has now is let go."""
        held, current = self._store.models.held(project.id), self._store.models.current(project.id)
        if current is None or held != (current.id, standing.label_revision):
            return None
        model = self.load(current)
        if not _fits(model, project):
            self._store.models.let_go(project.id)
            return None
        return current, model

    def load(self, version: ModelVersion) -> Model:
        """The model of a version. Raises NotFoundError, CorruptModelError."""
        return persist.load(self._store.models.blob(version.id))

    @staticmethod
    def _is_of(version: ModelVersion, standing: Standing, pool: Pool, number: int) -> bool:
        return (
            version.label_revision == standing.label_revision
            and version.data_fingerprint == pool.fingerprint
            and version.round == number
        )

    def _version(self, project: Project, standing: Standing, pool: Pool, number: int, model: Model) -> ModelVersion:
        labels = standing.training()
        point = model.operating_point
        return ModelVersion(
            id=f"{project.id}:m{number}-{standing.label_revision}",
            project_id=project.id,
            round=number,
            algorithm=f"balanced logistic regression on {DESCRIPTIONS[project.features]}",
            parameters={
                "operating_point": point.method,
                "target": point.target,
                "unreached_why": point.why,
                "C": _penalty(model),
                "features": asdict(pool.rows_of.fit),
            },
            label_revision=standing.label_revision,
            data_fingerprint=pool.fingerprint,
            training_labels=len(labels),
            training_positives=sum(map(project.is_positive, labels.values())),
            threshold=point.threshold,
            thresholds=_thresholds(model),
            trained_at=self._clock.now(),
        )


def _fits(model: Model, project: Project) -> bool:
    """Whether it knows the project's labels, in their order, and flags what is positive now."""
    return model.classes == project.labels and model.positive == project.positive


def _mark(pool: Pool, model: Model) -> str:
    told = repr((pool.fingerprint, model.classes, model.positive))
    return hashlib.blake2b(told.encode(), digest_size=4).hexdigest()


def _learned(project: Project, standing: Standing, pool: Pool, number: int) -> Model:
    """Raises TooFewLabelsError."""
    labels = standing.training()
    items, values = list(labels), list(labels.values())
    rows, elsewhere = pool.rows(items), np.flatnonzero(~pool.mask(set(items)))
    sample_weight = weights.of_labels(project, standing, items)
    rng = np.random.default_rng([project.random_state, number, 1])
    target = parse_target(project.target)
    if project.multi_label:
        return train_labels(
            pool.X[rows],
            coding.columns(project, values) == 1,
            labels=project.labels,
            positive=project.positive,
            sample_weight=sample_weight,
            rng=rng,
            pool=pool.X[elsewhere],
            target=target,
        )
    return train(
        pool.X[rows],
        values,
        classes=project.labels,
        positive=project.positive,
        sample_weight=sample_weight,
        rng=rng,
        pool=pool.X[elsewhere],
        target=target,
    )


def _thresholds(model: Model) -> dict[str, float]:
    if not isinstance(model, MultiLabelModel):
        return {}
    return {label: point.threshold for label, point in zip(model.classes, model.operating_points, strict=True)}


def _penalty(model: Model) -> float | dict[str, float]:
    """C of the classifier (see learner.penalty); of each label's, where items carry several."""
    if isinstance(model, MultiLabelModel):
        return dict(zip(model.classes, model.penalties, strict=True))
    return model.C


def fit_of(version: ModelVersion | None) -> Fit | None:
    """What the features of a model version were fitted on; None if it doesn't say, or without a version."""
    try:
        return Fit(**version.parameters["features"]) if version is not None else None
    except (KeyError, TypeError):
        return None


def _pool(project: Project, rows: PoolRows, known: Pool | None) -> Pool:
    """The pool of these rows; what is known of the items that came before is kept."""
    start = len(known.ids) if known is not None else 0
    if known is None or rows.ids[:start] != known.ids:
        start, row, priorities = 0, {}, np.empty(0)
    else:
        row, priorities = dict(known.row), known.priorities
    new = rows.ids[start:]
    row.update(zip(new, range(start, len(rows.ids)), strict=True))
    return Pool(
        rows_of=rows,
        ids=rows.ids,
        row=row,
        X=rows.X,
        priorities=np.concatenate([priorities, audit.priorities(new, project.random_state)]),
        fingerprint=rows.fingerprint,
    )
