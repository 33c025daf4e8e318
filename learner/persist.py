"""A model to bytes and back without pickle: a JSON header and plain arrays in an .npz, all checked when read.

Nothing in the bytes is ever executed. A digest guards against damage; it is no signature: whoever can write the store can write a model.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Sequence
from dataclasses import asdict, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from learner.classifier import DEFAULT_C, LinearClassifier
from learner.errors import CorruptModelError
from learner.multilabel import Model, MultiLabelModel
from learner.stratified import AuditRates
from learner.threshold import Calibration, OperatingPoint
from learner.training import TrainedModel

MAGIC = b"roundtable-model-1\n"
MAGIC_RATES = b"roundtable-rates-1\n"
DIGEST = 32
ARRAYS = {"columns": "<i8", "intercept": "<f8", "indices": "<i8", "values": "<f8"}


def dump(model: Model) -> bytes:
    """The model as bytes. Weights that are 0 in all classes are left out, so size goes by what was learned from."""
    coef = model.classifier.coef
    indices = np.flatnonzero(np.any(coef != 0.0, axis=0))
    header = {
        "classes": list(model.classes),
        "positive": model.positive,
        "n_features": model.classifier.n_features,
        **_decisions(model),
    }
    arrays = {
        "columns": model.classifier.columns,
        "intercept": model.classifier.intercept,
        "indices": indices,
        "values": coef[:, indices],
    }
    return _seal(
        MAGIC, {"header": _as_array(header)} | {name: arrays[name].astype(kind) for name, kind in ARRAYS.items()}
    )


def _decisions(model: Model) -> dict[str, Any]:
    if isinstance(model, MultiLabelModel):
        return {
            "operating_points": [asdict(point) for point in model.operating_points],
            "calibrations": [asdict(calibration) for calibration in model.calibrations],
            "penalties": list(model.penalties),
        }
    return {"operating_point": asdict(model.operating_point), "calibration": asdict(model.calibration), "C": model.C}


def load(blob: bytes) -> Model:
    """The model that dump() wrote. Raises CorruptModelError for anything else."""
    try:
        parts = _open(MAGIC, blob, ("header", *ARRAYS))
        return _assemble(json.loads(parts["header"].tobytes()), parts)
    except (KeyError, TypeError, ValueError, OSError, EOFError, zipfile.BadZipFile) as error:
        raise CorruptModelError(f"the model's bytes do not fit together: {error}") from error


def dump_rates(rates: AuditRates) -> bytes:
    """The audit's rates as bytes."""
    return _seal(MAGIC_RATES, {"keys": rates.keys.astype("<u8"), "rates": rates.rates.astype("<f8")})


def load_rates(blob: bytes) -> AuditRates:
    """The rates that dump_rates() wrote. Raises CorruptModelError for anything else."""
    try:
        parts = _open(MAGIC_RATES, blob, ("keys", "rates"))
        keys, rates = parts["keys"], parts["rates"]
        _require(keys.dtype == np.dtype("<u8") and rates.dtype == np.dtype("<f8"), "the arrays are of the wrong type")
        _require(keys.ndim == 1 and keys.shape == rates.shape, "the arrays have the wrong shape")
        _require(bool(np.all(keys[:-1] < keys[1:])), "keys must be sorted")
        _require(bool(np.all((rates > 0) & (rates <= 1))), "rates must lie between 0 and 1")
        return AuditRates(keys.astype(np.uint64), rates.astype(np.float64))
    except (KeyError, TypeError, ValueError, OSError, EOFError, zipfile.BadZipFile) as error:
        raise CorruptModelError(f"the rates' bytes do not fit together: {error}") from error


def _as_array(header: dict[str, Any]) -> NDArray[Any]:
    return np.frombuffer(json.dumps(header, allow_nan=False).encode(), dtype=np.uint8)


def _seal(magic: bytes, arrays: dict[str, NDArray[Any]]) -> bytes:
    file = io.BytesIO()
    np.savez_compressed(file, **arrays)  # type: ignore[arg-type]
    body = file.getvalue()
    return magic + hashlib.sha256(body).digest() + body


def _open(magic: bytes, blob: bytes, names: Sequence[str]) -> dict[str, NDArray[Any]]:
    """The arrays of these names. Raises CorruptModelError, or what numpy raises for a bad archive."""
    start = len(magic) + DIGEST
    if not blob.startswith(magic) or len(blob) <= start:
        raise CorruptModelError("these bytes are nothing that this version wrote")
    body = blob[start:]
    if hashlib.sha256(body).digest() != blob[len(magic) : start]:
        raise CorruptModelError("the bytes are damaged: the digest does not match")
    with np.load(io.BytesIO(body), allow_pickle=False) as archive:
        return {name: archive[name] for name in names}


def _assemble(header: Any, arrays: dict[str, NDArray[Any]]) -> Model:
    """Builds the model. Raises ValueError, KeyError or TypeError where parts do not fit."""
    for name, kind in ARRAYS.items():
        _require(arrays[name].dtype == np.dtype(kind), f"{name} is of the wrong type")
    classes, n_features = tuple(header["classes"]), header["n_features"]
    columns, intercept, indices, values = (arrays[name] for name in ARRAYS)
    _require(all(isinstance(name, str) for name in classes), "classes must be text")
    _require(len(set(classes)) == len(classes), "a class is there twice")
    _require(header["positive"] in classes, "the positive class is none of the classes")
    _require(isinstance(n_features, int) and n_features >= 0, "n_features must be a whole number")
    several = "operating_points" in header
    rows = 1 if len(columns) == 2 and not several else len(columns)
    _require(len(columns) >= 2 and columns.ndim == 1 and len(np.unique(columns)) == len(columns), "columns are wrong")
    _require(bool(np.all((columns >= 0) & (columns < len(classes)))), "columns lie outside the classes")
    _require(indices.ndim == 1 and bool(np.all((indices >= 0) & (indices < n_features))), "indices are out of range")
    _require(intercept.shape == (rows,) and values.shape == (rows, len(indices)), "weights have the wrong shape")
    _require(bool(np.all(np.isfinite(values)) and np.all(np.isfinite(intercept))), "weights must be finite")
    coef = np.zeros((rows, n_features))
    coef[:, indices] = values
    classifier = LinearClassifier(coef, intercept.astype(np.float64), columns.astype(np.int64), len(classes))
    if several:
        points = tuple(_operating_point(each) for each in header["operating_points"])
        calibrations = tuple(_calibration(each) for each in header["calibrations"])
        penalties = tuple(_penalty(each) for each in header.get("penalties", [DEFAULT_C] * rows))
        counts = {len(points), len(calibrations), len(penalties), len(classes), rows}
        _require(len(counts) == 1, "there must be one of each for each label")
        return MultiLabelModel(classifier, classes, header["positive"], points, calibrations, penalties)
    point, calibration = _operating_point(header["operating_point"]), _calibration(header["calibration"])
    C = _penalty(header.get("C", DEFAULT_C))  # models from before it was chosen don't say
    return TrainedModel(classifier, classes, header["positive"], point, calibration, C)


def _penalty(value: Any) -> float:
    _require(isinstance(value, float) and np.isfinite(value) and value > 0, "the penalty must be a positive number")
    return float(value)


def _operating_point(values: dict[str, Any]) -> OperatingPoint:
    known = {field.name for field in fields(OperatingPoint)}
    later, former = {"why", "fewest"}, {"note"}  # models of earlier versions had a sentence
    _require(known - later <= set(values) - former <= known, "the operating point has other fields")
    _require(
        isinstance(values["threshold"], float) and np.isfinite(values["threshold"]), "the threshold must be finite"
    )
    return OperatingPoint(**{name: value for name, value in values.items() if name in known})


def _calibration(values: dict[str, Any]) -> Calibration:
    _require(set(values) == {"slope", "offset"}, "the calibration has other fields")
    _require(all(isinstance(v, float) and np.isfinite(v) for v in values.values()), "the calibration must be finite")
    return Calibration(**values)


def _require(condition: bool, message: str) -> None:
    if not condition:
        raise ValueError(message)
