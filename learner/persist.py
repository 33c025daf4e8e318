"""A model to bytes and back without pickle: a JSON header and plain arrays in an .npz, all checked when read.

Nothing in the bytes is ever executed. A digest guards against damage; it is no signature: whoever can write the store can write a model.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from dataclasses import asdict, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from learner.classifier import LinearClassifier
from learner.errors import CorruptModelError
from learner.threshold import OperatingPoint
from learner.training import TrainedModel

MAGIC = b"roundtable-model-1\n"
DIGEST = 32
ARRAYS = {"columns": "<i8", "intercept": "<f8", "indices": "<i8", "values": "<f8"}


def dump(model: TrainedModel) -> bytes:
    """The model as bytes. Weights that are 0 in all classes are left out, so size goes by what was learned from."""
    coef = model.classifier.coef
    indices = np.flatnonzero(np.any(coef != 0.0, axis=0))
    header = {
        "classes": list(model.classes),
        "positive": model.positive,
        "n_features": model.classifier.n_features,
        "operating_point": asdict(model.operating_point),
    }
    arrays = {
        "columns": model.classifier.columns,
        "intercept": model.classifier.intercept,
        "indices": indices,
        "values": coef[:, indices],
    }
    file = io.BytesIO()
    text = np.frombuffer(json.dumps(header, allow_nan=False).encode(), dtype=np.uint8)
    np.savez_compressed(file, header=text, **{name: arrays[name].astype(kind) for name, kind in ARRAYS.items()})  # type: ignore[arg-type]
    body = file.getvalue()
    return MAGIC + hashlib.sha256(body).digest() + body


def load(blob: bytes) -> TrainedModel:
    """The model that dump() wrote. Raises CorruptModelError for anything else."""
    start = len(MAGIC) + DIGEST
    if not blob.startswith(MAGIC) or len(blob) <= start:
        raise CorruptModelError("these bytes are no model of this version")
    body = blob[start:]
    if hashlib.sha256(body).digest() != blob[len(MAGIC) : start]:
        raise CorruptModelError("the model's bytes are damaged: the digest does not match")
    try:
        with np.load(io.BytesIO(body), allow_pickle=False) as archive:
            header = json.loads(archive["header"].tobytes())
            arrays = {name: archive[name] for name in ARRAYS}
        return _assemble(header, arrays)
    except (KeyError, TypeError, ValueError, OSError, EOFError, zipfile.BadZipFile) as error:
        raise CorruptModelError(f"the model's bytes do not fit together: {error}") from error


def _assemble(header: Any, arrays: dict[str, NDArray[Any]]) -> TrainedModel:
    """Builds the model. Raises ValueError, KeyError or TypeError where parts do not fit."""
    for name, kind in ARRAYS.items():
        _require(arrays[name].dtype == np.dtype(kind), f"{name} is of the wrong type")
    classes, n_features = tuple(header["classes"]), header["n_features"]
    columns, intercept, indices, values = (arrays[name] for name in ARRAYS)
    _require(all(isinstance(name, str) for name in classes), "classes must be text")
    _require(len(set(classes)) == len(classes), "a class is there twice")
    _require(header["positive"] in classes, "the positive class is none of the classes")
    _require(isinstance(n_features, int) and n_features >= 0, "n_features must be a whole number")
    rows = 1 if len(columns) == 2 else len(columns)
    _require(len(columns) >= 2 and columns.ndim == 1 and len(np.unique(columns)) == len(columns), "columns are wrong")
    _require(bool(np.all((columns >= 0) & (columns < len(classes)))), "columns lie outside the classes")
    _require(indices.ndim == 1 and bool(np.all((indices >= 0) & (indices < n_features))), "indices are out of range")
    _require(intercept.shape == (rows,) and values.shape == (rows, len(indices)), "weights have the wrong shape")
    _require(bool(np.all(np.isfinite(values)) and np.all(np.isfinite(intercept))), "weights must be finite")
    coef = np.zeros((rows, n_features))
    coef[:, indices] = values
    classifier = LinearClassifier(coef, intercept.astype(np.float64), columns.astype(np.int64), len(classes))
    return TrainedModel(classifier, classes, header["positive"], _operating_point(header["operating_point"]))


def _operating_point(values: dict[str, Any]) -> OperatingPoint:
    known = {field.name for field in fields(OperatingPoint)}
    _require(set(values) == known, "the operating point has other fields")
    _require(
        isinstance(values["threshold"], float) and np.isfinite(values["threshold"]), "the threshold must be finite"
    )
    return OperatingPoint(**values)


def _require(condition: bool, message: str) -> None:
    if not condition:
        raise ValueError(message)
