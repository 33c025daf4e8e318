"""What the learner has to tell, in words of every language."""

from __future__ import annotations

import pytest

from bot.services.remarks import worded
from bot.words import LANGUAGES, speaking
from learner.remarks import Code, Remark

VALUES: dict[Code, dict[str, str | int]] = {
    Code.NO_MODEL_KEYWORDS: {"strategy": "entropy"},
    Code.NO_MODEL_TYPICAL: {"strategy": "entropy"},
    Code.NO_TRAINING_LABELS: {"strategy": "committee"},
    Code.NOT_TWO_CLASSES: {"strategy": "error_reduction"},
    Code.MORE_OF_A_CLUSTER: {"items": 2, "cap": 3},
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", Code)
def test_every_remark_has_its_words_and_says_its_values(code: Code, language: str) -> None:
    with speaking(language):
        said = worded([Remark(code, VALUES[code])])
    assert said
    assert all(str(value) in said for value in VALUES[code].values())


def test_several_remarks_stand_behind_each_other() -> None:
    both = [
        Remark(Code.NO_MODEL_TYPICAL, {"strategy": "entropy"}),
        Remark(Code.MORE_OF_A_CLUSTER, {"items": 1, "cap": 3}),
    ]
    assert worded(both) == (
        "no model yet, so typical items first, then the strategy entropy; more than 3 of a kind, as there were only 1 item without"
    )
    with speaking("de"):
        assert worded(both[:1]) == "noch kein Modell, daher zuerst typische Einträge, dann die Strategie entropy"
    assert worded([]) == ""
