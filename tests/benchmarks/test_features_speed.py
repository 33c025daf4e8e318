"""The features' benchmark runs through on a few texts, in this process."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import features_speed


def test_every_phase_makes_the_same_matrix(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(features_speed, "WORDS", 500)
    texts = features_speed.made_up(150)
    made = {name: phase(texts, tmp_path) for name, (_, phase) in features_speed.PHASES.items()}
    peer = made["peer"]
    assert made["hashed"].shape[0] == 150
    assert made["arrival"].shape[0] == 250
    for name in ("one", "two", "cached", "restart"):
        assert made[name].shape == peer.shape
        assert abs((made[name] @ made[name].T) - (peer @ peer.T)).max() < 1e-5
    assert abs(made["arrival"][:150] - made["one"]).max() == 0
