"""Slack at its worst, and two workers at once: nothing is lost, nothing is doubled."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from e2e_audit import check_all
from e2e_crew import Crew, indecisive
from e2e_data import items
from e2e_rig import ANA, BEN, CHI, Rig, spoken, until

pytestmark = pytest.mark.e2e
FAULTS = (
    "429@chat.postMessage=3x:1s,5xx@chat.postMessage=0.1,drop_after@chat.postMessage=0.1,drop=0.03,slow=0.03:0.3s,"
    "5xx@chat.update=0.2,429@chat.update=2x:1s,duplicate=0.3,5xx@response_url=0.2,expire_response_urls=0.1"
)


@pytest.mark.parametrize("http", [False, True], ids=["socket", "http"])
def test_a_bad_day_at_slack(make_rig: Callable[..., Rig], http: bool) -> None:
    rig = make_rig(http=http, faults=FAULTS)
    project = rig.project(items(70, seeds=20), batch_size=8, audit_per_round=2, overlap=3, max_rounds=2)
    rig.start("worker", "web")
    crew = Crew(rig, project, (ANA, BEN, CHI), 2, indecisive(8))
    crew.run(60)
    until(lambda: rig.message(f"report:{project.id}:2"), "the last report")
    check_all(rig, project, crew.people, 2)
    rig.workspace.faults.set("")
    rig.check_alive()


def test_two_workers_do_everything_once(make_rig: Callable[..., Rig]) -> None:
    rig = make_rig()
    project = rig.project(items(70, seeds=20), batch_size=8, audit_per_round=2, max_rounds=3)
    rig.start("worker-1", "worker-2", "web")
    crew = Crew(rig, project, (ANA,), 3, lambda user, query_id, right: (("vote", right),))
    crew.run(60)
    assert "last round" in spoken(rig.wait_message(f"report:{project.id}:3"))
    check_all(rig, project, crew.people, 3)
    rig.check_alive()
