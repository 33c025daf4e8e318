from __future__ import annotations

import pytest
import typer

from bot.cli.simulate import STRATEGIES
from bot.cli.simulating import strategies_in
from learner.strategies import registry


def test_commas_part_strategies_but_not_hybrids_shares() -> None:
    assert strategies_in("random, hybrid:0.6,0.3,0.1,entropy,random") == ["random", "hybrid:0.6,0.3,0.1", "entropy"]
    assert strategies_in("hybrid:.5,.5,0") == ["hybrid:.5,.5,0"]
    assert strategies_in("default:cap=3,hybrid:.5,.4,.1:cap=2") == ["default:cap=3", "hybrid:.5,.4,.1:cap=2"]


@pytest.mark.parametrize("wrong", ["hybrid:0.6,0.3", "hybrid:2,0,0,random", "magic", "entropy:cap=0", "magic:cap=2"])
def test_what_cannot_be_is_wrong_usage(wrong: str) -> None:
    with pytest.raises(typer.BadParameter):
        strategies_in(wrong)


def test_the_help_names_all_strategies() -> None:
    assert list(STRATEGIES) == registry.names()
