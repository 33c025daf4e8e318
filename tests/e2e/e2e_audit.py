"""What must hold after any run, whatever was killed, lost or delivered twice."""

from __future__ import annotations

from collections import Counter, defaultdict

from e2e_crew import Do, Person
from e2e_rig import Rig, key_of, until

from bot.domain import Project, RoundState, Via


def check_all(rig: Rig, project: Project, people: list[Person], rounds: int) -> None:
    """Votes, rounds, messages, and that everything follows from the log."""
    check_rounds(rig, project, rounds)
    check_votes(rig, project, people)
    check_deliveries(rig, project)
    check_messages(rig, project, rounds)
    assert rig.store.rebuild(project.id, write=False) == []


def check_votes(rig: Rig, project: Project, people: list[Person]) -> None:
    """Each person's acknowledged answers to each item are in the log, in order, exactly once, and nothing else is."""
    logged: dict[tuple[str, str], list[Do]] = defaultdict(list)
    for vote in rig.store.votes.log(project.id):
        if vote.via is not Via.IMPORT:
            logged[vote.user_id, str(vote.query_id)].append((vote.kind.value, vote.label))
    expected = {(person.user, query): done for person in people for query, done in person.acknowledged.items()}
    wrong = {key: (logged.get(key), done) for key, done in expected.items() if logged.get(key) != done}
    assert not wrong, f"{len(wrong)} of {len(expected)} differ (logged, acknowledged): {list(wrong.items())[:5]}"
    assert logged.keys() == expected.keys()


def check_deliveries(rig: Rig, project: Project) -> None:
    """No action of a person is in the log twice."""
    actions = Counter((vote.user_id, vote.query_id, vote.action_id) for vote in rig.store.votes.log(project.id))
    assert max(actions.values()) == 1, actions.most_common(3)


def check_rounds(rig: Rig, project: Project, rounds: int) -> None:
    """Each round was opened, closed and reported, once, in order."""
    until(lambda: rig.round_closed(project, rounds), lambda: f"round {rounds} closed: {rig.round(project)}")
    for number in range(1, rounds + 1):
        current = rig.store.rounds.get(project.id, number)
        assert (current.state, current.answered) == (RoundState.CLOSED, current.total)
    assert [report.round for report in rig.store.rounds.reports(project.id)] == list(range(1, rounds + 1))


def check_messages(rig: Rig, project: Project, rounds: int) -> None:
    """Every message that was intended is in the channel once; nothing is left waiting or given up."""
    until(lambda: rig.store.outbox.pending_count(project.id) == 0, "an empty outbox")
    expected = {f"{kind}:{project.id}:{number}" for kind in ("round", "report") for number in range(1, rounds + 1)}
    expected |= {f"query:{query.id}" for query in rig.store.rounds.all_queries(project.id)}
    posted = Counter(
        call.args["metadata"]["event_payload"]["key"]
        for call in rig.workspace.log.all("chat.postMessage")
        if call.response.get("ok")
    )
    seen = Counter(key for message in _channel(rig) if (key := key_of(message)) is not None)
    assert {key: count for key, count in seen.items() if count != 1} == {}
    assert {key: count for key, count in posted.items() if count != 1} == {}
    assert seen.keys() == expected
    for key in expected:
        record = rig.store.outbox.get(key)
        assert record is not None and record.state == "posted" and record.error is None, record


def _channel(rig: Rig) -> list[dict[str, object]]:
    return [message for channel in rig.workspace.state.channels.values() for message in channel.messages.values()]
