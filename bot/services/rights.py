"""Who may do what: workspace admins, leads, annotators and observers.

People are listed by their id (U…) or by that of a user group (S…). Whoever leads everywhere (`ROUNDTABLE_LEADS`), leads a project
or is an admin of the workspace may steer it; where nobody is named at all, everybody may. Annotators answer; where none are named,
the whole channel does. Observers look and don't answer, whatever other list they are on.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from typing import Final, Literal

from bot.domain import Project, RoundtableError
from bot.services.ports import Directory, DirectoryError
from bot.words import say

# What leads do; the catalogue's `rights-what` has its words.
What = Literal[
    "pause",
    "resume",
    "close",
    "start",
    "audit",
    "model",
    "export",
    "import",
    "settings",
    "people",
    "log",
    "decide",
]
# Who may, where people can be named -> where they can't: an id tells nobody anything.
UNNAMED: Final = {
    "rights-ask-leads": "rights-ask-leads-unnamed",
    "rights-answer-named": "rights-answer-unnamed",
}


class NotAllowedError(RoundtableError):
    """A person may not. `reason` says what; `how`, a text's name, with `who` (ids of people and groups) says who may."""

    def __init__(self, reason: str, how: str, who: Collection[str] = ()) -> None:
        self.reason, self.how, self.who = reason, how, tuple(sorted(who))
        self.unnamed = f"{reason} {say(UNNAMED.get(how, how))}"
        super().__init__(f"{reason} {told(how, ', '.join(self.who))}")


def told(how: str, people: str) -> str:
    """ "Ask U1, U2 or an admin of this workspace." """
    return say(how, people=people) if people else say(how)


class _Nowhere:
    """A directory that knows nobody: rights go by people's ids alone."""

    def is_admin(self, user_id: str) -> bool:  # noqa: ARG002 - the port's name
        return False

    def group(self, group_id: str) -> frozenset[str]:
        raise DirectoryError(say("rights-no-directory", group=group_id))


def is_group(listed: str) -> bool:
    """Whether an id is that of a user group."""
    return listed.startswith("S")


@dataclass(frozen=True)
class Rights:
    """Answers who may do what. `everywhere`: who leads every project. All methods raise DirectoryError where nobody can say."""

    directory: Directory = field(default_factory=_Nowhere)
    everywhere: frozenset[str] = frozenset()

    def may_lead(self, project: Project, user_id: str) -> bool:
        """Whether that person may steer the project and see what is for leads alone."""
        leads = self.everywhere.union(project.leads)
        if not leads:
            return not self._listed(project.observers, user_id) or self.directory.is_admin(user_id)
        # Groups last: to ask for them takes longest.
        return _any((lambda: user_id in leads, lambda: self._admin(user_id), lambda: self._listed(leads, user_id)))

    def leads_of(self, project: Project) -> frozenset[str]:
        """The people who are told what is for leads: the project's own; where it has none, those who lead everywhere."""
        found: set[str] = set()
        for entry in project.leads or self.everywhere:
            found |= self.directory.group(entry) if is_group(entry) else {entry}
        return frozenset(found)

    def may_create(self, user_id: str) -> bool:
        """Whether that person may make a new project."""
        return not self.everywhere or user_id in self.everywhere or self.directory.is_admin(user_id)

    def may_vote(self, project: Project, user_id: str) -> bool:
        """Whether that person's answers count."""
        if self._listed(project.observers, user_id):
            return False
        return not project.annotators or self._listed(project.annotators, user_id)

    def require_lead(self, project: Project, user_id: str, what: What) -> None:
        """Raises NotAllowedError, which says what only leads can do, and who they are."""
        if self.may_lead(project, user_id):
            return
        leads = self.everywhere.union(project.leads)
        if leads:
            raise NotAllowedError(say("rights-leads-only", project=project.name, what=what), "rights-ask-leads", leads)
        raise NotAllowedError(say("rights-observer", project=project.name, what=what), "rights-ask-anybody")

    def require_create(self, user_id: str) -> None:
        """Raises NotAllowedError."""
        if not self.may_create(user_id):
            raise NotAllowedError(say("rights-create"), "rights-ask-leads", self.everywhere)

    def require_vote(self, project: Project, user_id: str) -> None:
        """Raises NotAllowedError."""
        if self.may_vote(project, user_id):
            return
        if self._listed(project.observers, user_id):
            reason = say("rights-observer-answers", project=project.name)
        else:
            reason = say("rights-chosen", project=project.name)
        if project.annotators:
            raise NotAllowedError(reason, "rights-answer-named", project.annotators)
        raise NotAllowedError(reason, "rights-answer-anybody")

    def _admin(self, user_id: str) -> bool:
        return self.directory.is_admin(user_id)

    def _listed(self, people: Iterable[str], user_id: str) -> bool:
        """On that list, by one's own id or through a group."""
        listed = frozenset(people)
        if user_id in listed:
            return True
        return _any(self._in_group(entry, user_id) for entry in sorted(listed) if is_group(entry))

    def _in_group(self, group_id: str, user_id: str) -> Callable[[], bool]:
        return lambda: user_id in self.directory.group(group_id)


def _any(checks: Iterable[Callable[[], bool]]) -> bool:
    """Whether any is true. One that can't be told matters only if no other is true; of several, the first is told."""
    trouble: DirectoryError | None = None
    for check in checks:
        try:
            if check():
                return True
        except DirectoryError as error:
            trouble = trouble or error  # the first: those after it may only have run out of time
    if trouble is not None:
        raise trouble
    return False


BY_ID = Rights()  # no workspace to ask, nobody leads everywhere
