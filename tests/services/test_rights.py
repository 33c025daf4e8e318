"""Who may lead, create and answer, and what a refusal says."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.domain import Project
from bot.services.ports import DirectoryError
from bot.services.rights import BY_ID, NotAllowedError, Rights


class Workspace:
    """A directory in memory; a group without people can't be asked about."""

    def __init__(self, admins: set[str] = frozenset(), groups: Mapping[str, set[str] | None] = {}) -> None:  # type: ignore[assignment]
        self.admins, self.groups = admins, groups

    def is_admin(self, user_id: str) -> bool:
        if user_id == "U?":
            raise DirectoryError("Nobody knows.")
        return user_id in self.admins

    def group(self, group_id: str) -> frozenset[str]:
        people = self.groups.get(group_id)
        if people is None:
            raise DirectoryError("Nobody knows.")
        return frozenset(people)


def a_project(**people: tuple[str, ...]) -> Project:
    fields: dict[str, Any] = {
        "id": "brand", "name": "Brand safety", "channel_id": "C1", "channel_name": "brand", "labels": ("a", "b"),
        "positive": "a", "created_at": datetime(2026, 3, 2, tzinfo=UTC),
    }  # fmt: skip
    return Project.model_validate(fields | people)


WORLD = Workspace({"UADMIN"}, {"S1": {"UIN"}, "SGONE": None})


@pytest.mark.parametrize(
    ("leads", "everywhere", "observers", "user", "may"),
    [
        ((), (), (), "U1", True),  # nobody is named: everybody
        ((), (), ("U1",), "U1", False),  # but those who only watch
        ((), (), ("S1",), "UIN", False),
        ((), (), ("UADMIN",), "UADMIN", True),
        (("U1",), (), (), "U1", True),
        (("U1",), (), ("U1",), "U1", True),  # named as a lead: leads
        (("U1",), (), (), "U2", False),
        (("U1",), (), (), "UADMIN", True),
        (("U1",), ("U3",), (), "U3", True),  # leads every project
        ((), ("U3",), (), "U1", False),
        (("S1",), (), (), "UIN", True),
        (("S1",), (), (), "U1", False),
        (("SGONE", "S1"), (), (), "UIN", True),  # what can't be told does not matter where another list says yes
        (("S1",), (), (), "U?", None),  # nor does a no, where nobody can tell whether they are an admin
        (("SGONE",), (), (), "U1", None),
        (("SGONE",), (), (), "UADMIN", True),
    ],
)
def test_who_leads(
    leads: tuple[str, ...], everywhere: tuple[str, ...], observers: tuple[str, ...], user: str, may: bool | None
) -> None:
    rights = Rights(WORLD, frozenset(everywhere))
    project = a_project(leads=leads, observers=observers)
    if may is None:
        with pytest.raises(DirectoryError):
            rights.may_lead(project, user)
        return
    assert rights.may_lead(project, user) is may
    if may:
        rights.require_lead(project, user, "pause")
    else:
        with pytest.raises(NotAllowedError):
            rights.require_lead(project, user, "pause")


@pytest.mark.parametrize(
    ("annotators", "observers", "user", "may"),
    [
        ((), (), "U1", True),
        ((), ("U1",), "U1", False),
        ((), ("S1",), "UIN", False),
        (("U1",), (), "U1", True),
        (("U1",), (), "UADMIN", False),  # an admin steers, and answers only where all do
        (("U1",), ("U1",), "U1", False),
        (("S1",), (), "UIN", True),
        (("S1",), (), "U1", False),
        (("U1", "SGONE"), (), "U1", True),
        (("U1", "SGONE"), (), "U2", None),
        ((), ("SGONE",), "U1", None),  # whether U1 only watches is not known
    ],
)
def test_who_answers(annotators: tuple[str, ...], observers: tuple[str, ...], user: str, may: bool | None) -> None:
    rights, project = Rights(WORLD), a_project(annotators=annotators, observers=observers)
    if may is None:
        with pytest.raises(DirectoryError):
            rights.may_vote(project, user)
        return
    assert rights.may_vote(project, user) is may


def test_a_refusal_says_who_can() -> None:
    rights = Rights(WORLD, frozenset({"U9"}))
    with pytest.raises(NotAllowedError) as refused:
        rights.require_lead(a_project(leads=("S1",)), "U1", "pause")
    assert str(refused.value) == "Only leads of Brand safety can pause it. Ask S1, U9 or an admin of this workspace."
    assert refused.value.who == ("S1", "U9")
    with pytest.raises(
        NotAllowedError, match=r"You are an observer.*Those who can answer: everybody else in its channel\.$"
    ):
        rights.require_vote(a_project(observers=("U1",)), "U1")
    with pytest.raises(NotAllowedError, match=r"chosen for it.*Those who can answer: U2\.$"):
        rights.require_vote(a_project(annotators=("U2",)), "U1")
    with pytest.raises(NotAllowedError, match=r"you can look, but not pause it\. Ask anybody else in its channel\.$"):
        Rights(WORLD).require_lead(a_project(observers=("U1",)), "U1", "pause")
    with pytest.raises(NotAllowedError, match=r"^Only leads can make a project\. Ask U9 or an admin"):
        rights.require_create("U1")
    rights.require_create("UADMIN")
    Rights(WORLD).require_create("U1")


def test_without_a_workspace_ids_hold_and_groups_are_nobodys() -> None:
    assert BY_ID.may_vote(a_project(annotators=("U1",)), "U1")
    assert not BY_ID.may_lead(a_project(leads=("U1",)), "U2")
    with pytest.raises(DirectoryError, match="S1"):
        BY_ID.may_vote(a_project(annotators=("S1",)), "U1")
