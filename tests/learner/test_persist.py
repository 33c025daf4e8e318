from __future__ import annotations

import hashlib
import io
import json
from dataclasses import asdict

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from learner_worlds import World

from learner import persist
from learner.classifier import DEFAULT_C
from learner.errors import CorruptModelError
from learner.training import TrainedModel


@pytest.mark.parametrize("kind", ["binary", "three"])
def test_round_trip_to_the_digit(kind: str, request: pytest.FixtureRequest) -> None:
    world: World = request.getfixturevalue(kind)
    back = persist.load(persist.dump(world.model))
    assert back.predict_proba(world.X).tolist() == world.model.predict_proba(world.X).tolist()
    assert (back.classes, back.positive) == (world.model.classes, world.model.positive)
    assert (back.operating_point, back.calibration) == (world.model.operating_point, world.model.calibration)
    assert persist.dump(back) == persist.dump(world.model)


def resealed(body: bytes) -> bytes:
    return persist.MAGIC + hashlib.sha256(body).digest() + body


def test_damage_is_noticed(binary: World) -> None:
    blob = persist.dump(binary.model)
    for broken in (b"", b"x", blob[:-1], blob[:60], blob[:200] + b"\0" + blob[201:], blob + b"\0"):
        with pytest.raises(CorruptModelError):
            persist.load(broken)


@settings(max_examples=60, deadline=None)
@given(body=st.binary(max_size=400))
def test_any_bytes_are_refused_even_with_a_right_digest(body: bytes) -> None:
    with pytest.raises(CorruptModelError):
        persist.load(resealed(body))


def rewritten(world: World, **changes: object) -> bytes:
    """A well-formed archive with some parts changed."""
    body = persist.dump(world.model)[len(persist.MAGIC) + persist.DIGEST :]
    with np.load(io.BytesIO(body)) as archive:
        parts = dict(archive)
    header = json.loads(parts["header"].tobytes())
    for name, value in changes.items():
        if name in parts:
            parts[name] = value
        else:
            header[name] = value
    parts["header"] = np.frombuffer(json.dumps(header).encode(), dtype=np.uint8)
    file = io.BytesIO()
    np.savez_compressed(file, **parts)
    return resealed(file.getvalue())


@pytest.mark.parametrize(
    "changes",
    [
        {"classes": ["calm", "calm"]},
        {"classes": ["calm", 3]},
        {"positive": "purple"},
        {"n_features": 3},
        {"n_features": "many"},
        {"operating_point": {"threshold": 0.5}},
        {"operating_point": None},
        {"calibration": {"slope": 1.0}},
        {"calibration": {"slope": 1.0, "offset": float("inf")}},
        {"C": 0.0},
        {"C": float("nan")},
        {"C": "1"},
        {"columns": np.array([0, 5])},
        {"columns": np.array([0, 0])},
        {"columns": np.array([0.0, 1.0])},
        {"intercept": np.array([np.nan])},
        {"intercept": np.array([0.0, 0.0])},
        {"values": np.zeros((1, 2))},
        {"indices": np.array([-1])},
        {"values": np.array([[None]], dtype=object)},
    ],
    ids=str,
)
def test_parts_that_do_not_fit_are_refused(changes: dict[str, object], binary: World) -> None:
    with pytest.raises(CorruptModelError):
        persist.load(rewritten(binary, **changes))


def test_a_pickle_is_never_opened(binary: World) -> None:
    import pickle

    class Bomb:
        def __reduce__(self) -> tuple[object, tuple[str]]:
            return (exec, ("raise SystemExit('executed')",))

    with pytest.raises(CorruptModelError):
        persist.load(resealed(pickle.dumps(Bomb())))
    file = io.BytesIO()
    np.savez(file, header=np.array([Bomb()], dtype=object))
    with pytest.raises(CorruptModelError):
        persist.load(resealed(file.getvalue()))


def test_a_model_from_before_the_penalty_was_chosen_has_the_usual_one(binary: World) -> None:
    body = persist.dump(binary.model)[len(persist.MAGIC) + persist.DIGEST :]
    with np.load(io.BytesIO(body)) as archive:
        parts = dict(archive)
    header = json.loads(parts["header"].tobytes())
    assert header.pop("C") == 1.0
    parts["header"] = np.frombuffer(json.dumps(header).encode(), dtype=np.uint8)
    file = io.BytesIO()
    np.savez_compressed(file, **parts)
    old = persist.load(resealed(file.getvalue()))
    assert isinstance(old, TrainedModel)
    assert old.C == DEFAULT_C


def test_a_model_of_an_earlier_version_is_read_without_its_sentence(binary: World) -> None:
    point = asdict(binary.model.operating_point) | {"note": "f1 can't be reached yet"}
    del point["why"], point["fewest"]
    assert persist.load(rewritten(binary, operating_point=point)).operating_point == binary.model.operating_point
