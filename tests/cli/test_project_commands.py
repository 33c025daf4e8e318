"""`roundtable project ...`"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator

import pytest
from typer.testing import Result

from bot.domain import ProjectState, RoundtableError
from bot.localslack.config import WorkspaceConfig
from bot.localslack.server import WorkspaceServer
from bot.services.ports import Store

Invoke = Callable[..., Result]

OUT_OF_RANGE = "should be (less|greater) than or equal to|is not in the range"  # typer's words, by its version


def failure(result: Result) -> str:
    assert isinstance(result.exception, RoundtableError)
    return str(result.exception)


def told(result: Result) -> str:
    """What was said of wrong usage, without the box around it."""
    return " ".join(result.stderr.replace("\u2502", " ").split())


def test_create_with_defaults(invoke: Invoke, store: Store) -> None:
    result = invoke("project", "create", "Brand safety", "--channel", "C0BRAND", "--labels", "negative, other")
    assert result.output == "Created brand-safety in C0BRAND. Next: roundtable import brand-safety FILE\n"
    project = store.projects.get("brand-safety")
    assert (project.labels, project.positive) == (("negative", "other"), "negative")
    assert (project.batch_size, project.audit_per_round, project.overlap, project.timezone) == (50, 10, 1, "UTC")


def test_a_slow_strategys_cost_is_told_before_the_project_is_there(invoke: Invoke, store: Store) -> None:
    known = ("project", "create", "Slow", "--channel", "C0BRAND", "--labels", "a,b", "--strategy")
    told = invoke(*known, "error_reduction").output
    assert re.match(
        r"error_reduction thinks for about 0\.5 s with 1,000 labels and about 3\.5 s with 4,000 labels in each", told
    )
    assert told.index("thinks for") < told.index("Created slow")
    planned = invoke(
        *(*known[:2], "Slower", *known[3:]), "error_reduction_01:cap=3", "--planned-labels", "30000"
    ).output
    assert "error_reduction_01:cap=3 thinks for about 6 min with 30,000 labels" in planned
    assert store.projects.get("slower").strategy == "error_reduction_01:cap=3"
    assert "thinks" not in invoke(*(*known[:2], "Quick", *known[3:]), "entropy:cap=3").output


def test_create_with_everything(invoke: Invoke, store: Store) -> None:
    invoke(
        *("project", "create", "Wide", "--channel", "C0BRAND", "--labels", "a,b,c", "--positive", "b"),
        *("--reask-per-round", "3", "--gold-per-round", "2"),
        *("--batch-size", "20", "--overlap", "2", "--schedule", "0 9 * * 1-5", "--timezone", "Europe/Berlin"),
        *("--strategy", "entropy", "--audit-per-round", "3", "--deadline-minutes", "60", "--max-rounds", "4"),
        *("--planned-labels", "90", "--report-schedule", "0 9 * * 1", "--report-to", "both"),
        *("--no-lead-notes", "--reminders"),
        *("--items-in", "channel", "--seed", "7", "--features", "hashed"),
        *("--target", "recall>=0.8", "--seed-word", "refund", "--seed-word", "/sue|lawyer/"),
        *("--guideline", "a=All of it, e.g. x=1", "--guideline", "b = The rest", "--suggestions"),
        *("--lead", "U0ANA", "--lead", "S0LEADS", "--annotator", "U0BEN", "--observer", "W0CHI"),
    )
    project = store.projects.get("wide")
    expected = {
        "id": "wide",
        "name": "Wide",
        "channel_id": "C0BRAND",
        "channel_name": "C0BRAND",
        "labels": ("a", "b", "c"),
        "positive": "b",
        "batch_size": 20,
        "audit_per_round": 3,
        "overlap": 2,
        "reask_per_round": 3,
        "gold_per_round": 2,
        "strategy": "entropy",
        "features": "hashed",
        "schedule": "0 9 * * 1-5",
        "timezone": "Europe/Berlin",
        "deadline_minutes": 60,
        "max_rounds": 4,
        "planned_labels": 90,
        "report_schedule": "0 9 * * 1",
        "report_to": "both",
        "lead_notes": False,
        "reminders": True,
        "items_in": "channel",
        "random_state": 7,
        "target": "recall>=0.8",
        "seed_patterns": ("refund", "/sue|lawyer/"),
        "guidelines": {"a": "All of it, e.g. x=1", "b": "The rest"},
        "suggestions": True,
        "multi_label": False,
        "leads": ("U0ANA", "S0LEADS"),
        "annotators": ("U0BEN",),
        "observers": ("W0CHI",),
        "audit_round": None,
        "state": ProjectState.ACTIVE,
    }
    assert {name: getattr(project, name) for name in expected} == expected
    shown = invoke("project", "show", "wide").output
    for words in (
        "Known answers mixed in: 2",
        "Who leads: U0ANA, S0LEADS",
        "When rounds begin: Weekdays at 9:00",
        "When a round closes: after 1 h, or when all is answered",
        "What the model is tuned for: recall of at least 80%",
        "Words to begin with: refund, /sue|lawyer/",
        "Guidelines: a: All of it, e.g. x=1\n    b: The rest",
        "Where those reports go: To both",
        "Reminders: yes",
    ):
        assert words in shown


@pytest.mark.parametrize(("batch", "audit"), [(50, 10), (20, 4), (4, 0), (200, 10)])
def test_the_audits_share_of_small_batches(invoke: Invoke, store: Store, batch: int, audit: int) -> None:
    invoke("project", "create", "P", "--channel", "C0BRAND", "--labels", "a,b", "--batch-size", str(batch))
    assert store.projects.get("p").audit_per_round == audit


def test_the_time_zone_of_the_settings(invoke: Invoke, store: Store, environment: pytest.MonkeyPatch) -> None:
    environment.setenv("ROUNDTABLE_TIMEZONE", "Asia/Tokyo")
    invoke("project", "create", "P", "--channel", "C0BRAND", "--labels", "a,b")
    assert store.projects.get("p").timezone == "Asia/Tokyo"


@pytest.mark.parametrize(
    ("options", "blamed", "said"),
    [
        (["--labels", "a"], "--labels", "at least two labels"),
        (["--labels", "a,A"], "--labels", "Two labels are the same"),
        (["--labels", ",".join(f"l{n}" for n in range(101))], "--labels", "at most 100"),
        (["--labels", "a,b" + '"' * 43], "--labels", "longer than the 75 characters"),
        (["--guideline", "negative"], "--guideline", "not of the form label=text"),
        (["--guideline", "c=x"], "--guideline", "which is none of the labels"),
        (["--guideline", "a="], "--guideline", "1 to 2,900 can be shown"),
        (["--positive", "c"], "--positive", "'c' is not one of the labels"),
        (["--schedule", "every day"], "--schedule", "is not a schedule"),
        (["--timezone", "Mars"], "--timezone", "is not a time zone"),
        (["--strategy", "hunch"], "--strategy", "no query strategy 'hunch'"),
        (["--target", "luck"], "--target", "luck"),
        (["--seed-word", "/(/"], "--seed-word", "is no regular expression"),
        (["--batch-size", "0"], "--batch-size", OUT_OF_RANGE),
        (["--batch-size", "-1"], "--batch-size", OUT_OF_RANGE),
        (["--overlap", "11"], "--overlap", OUT_OF_RANGE),
        (["--gold-per-round", "51"], "--gold-per-round", OUT_OF_RANGE),
        (["--audit-per-round", "-1"], "--audit-per-round", OUT_OF_RANGE),
        (["--batch-size", "5", "--audit-per-round", "6"], "--audit-per-round", "don't fit"),
        (["--deadline-minutes", "0"], "--deadline-minutes", OUT_OF_RANGE),
        (["--max-rounds", "0"], "--max-rounds", OUT_OF_RANGE),
        (["--seed", "-1"], "--seed", OUT_OF_RANGE),
        (["--lead", "ana"], "--lead", "no id of a person"),
        (["--annotator", "@U0ANA"], "--annotator", "no id of a person"),
        (["--observer", "C0BRAND"], "--observer", "no id of a person"),
        (["--lead", "U0ANA", "--observer", "U0ANA"], "--observer", "out of one of the lists"),
        (["--language", "fr"], "--language", "fr"),
        (["--report-schedule", "*/20 * * * *"], "--report-schedule", "more often than once an hour"),
        (["--report-schedule", "0 0 9 * * 1"], "--report-schedule", "five fields"),
        (["--schedule", "0 0 9 * * 1"], "--schedule", "five fields"),
    ],
)
def test_wrong_values_are_wrong_usage(invoke: Invoke, store: Store, options: list[str], blamed: str, said: str) -> None:
    labels = [] if "--labels" in options else ["--labels", "a,b"]
    result = invoke("project", "create", "P", "--channel", "C0BRAND", *labels, *options, code=2)
    assert blamed in told(result) and re.search(said, told(result))
    assert store.projects.all() == []


def test_a_channel_by_its_name_without_slack(invoke: Invoke, store: Store) -> None:
    result = invoke("project", "create", "P", "--channel", "#brand", "--labels", "a,b", code=1)
    assert "SLACK_BOT_TOKEN must be set; or give the channel's id" in failure(result)
    assert store.projects.all() == []


def test_names_in_any_script(invoke: Invoke, store: Store) -> None:
    for name in ("日本", "Бренд", "日 本", "😀"):
        invoke("project", "create", name, "--channel", "C0BRAND", "--labels", "a,b", code=code_of(name))
    made = {project.name: project.id for project in store.projects.all()}
    assert made.keys() == {"日本", "Бренд"}
    assert all(re.fullmatch("p-[0-9a-f]{8}", project_id) for project_id in made.values())
    assert "日本" in invoke("project", "show", "日本").output


def code_of(name: str) -> int:
    """Twice the same letters is a name that is taken; no letter at all is no name."""
    return {"日 本": 1, "😀": 2}.get(name, 0)


def test_the_same_name_twice(invoke: Invoke, brand: str) -> None:
    again = invoke("project", "create", "Brand Safety", "--channel", "C0BRAND", "--labels", "a,b", code=1)
    assert "brand-safety" in failure(again)


def test_wrong_usage(invoke: Invoke) -> None:
    for arguments in (
        ["create", "P"],
        ["create", "P", "--channel", "C", "--labels", "a,b", "--overlap", "x"],
        ["nope"],
    ):
        invoke("project", *arguments, code=2)


def test_list(invoke: Invoke, brand: str) -> None:
    invoke("project", "create", "Other [one]", "--channel", "C0OTHER", "--labels", "a,b")
    lines = invoke("project", "list").output.splitlines()
    assert [line.split()[0] for line in lines] == ["id", "brand-safety", "other-one"]


def test_list_of_nothing(invoke: Invoke) -> None:
    assert "no project yet" in invoke("project", "list").output


def test_show(invoke: Invoke, brand: str) -> None:
    output = invoke("project", "show", "Brand Safety").output
    assert "Brand safety (brand-safety), active" in output
    assert "Labels: negative, other\n" in output and "Label that you look for: negative\n" in output
    assert "Items in a round: 50\n" in output and "Items that only measure: 10\n" in output
    assert "Language: English\n" in output and "Who labels: everybody in the channel\n" in output
    status = json.loads(invoke("project", "show", brand, "--json").output)
    assert (status["project"]["id"], status["labels"], status["round"]) == (brand, 0, None)


def test_show_what_there_is_not(invoke: Invoke, brand: str) -> None:
    assert "there are: brand-safety" in failure(invoke("project", "show", "nope", code=1))


def test_pause_and_resume(invoke: Invoke, brand: str, store: Store) -> None:
    assert "is paused" in invoke("project", "pause", brand).output
    assert store.projects.get(brand).state is ProjectState.PAUSED
    assert "is active" in invoke("project", "resume", "Brand safety").output
    assert store.projects.get(brand).state is ProjectState.ACTIVE


@pytest.fixture
def workspace(environment: pytest.MonkeyPatch) -> Iterator[WorkspaceServer]:
    """A Slack that the settings point at."""
    with WorkspaceServer(WorkspaceConfig(port=0)) as server:
        environment.setenv("SLACK_API_URL", server.api_url)
        environment.setenv("SLACK_BOT_TOKEN", WorkspaceConfig().bot_token)
        yield server


@pytest.mark.parametrize("channel", ["#brand-safety", "brand-safety", "C0BRAND"])
def test_channels_are_looked_up_in_slack(
    invoke: Invoke, store: Store, workspace: WorkspaceServer, channel: str
) -> None:
    result = invoke("project", "create", "P", "--channel", channel, "--labels", "a,b")
    assert "in #brand-safety." in result.output
    project = store.projects.get("p")
    assert (project.channel_id, project.channel_name) == ("C0BRAND", "brand-safety")


@pytest.mark.parametrize("channel", ["#nope", "C0NOPE"])
def test_a_channel_that_slack_has_not(invoke: Invoke, workspace: WorkspaceServer, channel: str) -> None:
    result = invoke("project", "create", "P", "--channel", channel, "--labels", "a,b", code=1)
    assert channel in failure(result)


def test_where_slack_refuses_an_id_will_do(
    invoke: Invoke, store: Store, environment: pytest.MonkeyPatch, workspace: WorkspaceServer
) -> None:
    environment.setenv("SLACK_BOT_TOKEN", "xoxb-unknown-here")
    refused = invoke("project", "create", "P", "--channel", "#brand-safety", "--labels", "a,b", code=1)
    assert "give the channel's id instead" in failure(refused)
    invoke("project", "create", "P", "--channel", "C0BRAND", "--labels", "a,b")
    assert store.projects.get("p").channel_id == "C0BRAND"


def test_the_log(invoke: Invoke, brand: str) -> None:
    invoke("project", "pause", brand)
    lines = invoke("project", "log", brand).output.splitlines()
    assert len(lines) == 2 and lines[0].endswith("cli  paused it") and lines[1].endswith("cli  made the project")
    assert invoke("project", "log", brand, "--limit", "1").output.count("\n") == 1
    assert '"kind":"pause"' in invoke("project", "log", brand, "--json").output
    invoke("project", "log", "nobody", code=1)


def test_what_a_project_tells_is_changed_while_it_runs(invoke: Invoke, store: Store) -> None:
    invoke("project", "create", "P", "--channel", "C0BRAND", "--labels", "a,b", "--timezone", "Europe/Berlin")
    said = invoke(
        "project", "tell", "p", "--report-schedule", "0 9 * * 1", "--report-to", "leads", "--reminders"
    ).output
    assert said == (
        "When reports come beside those of rounds: Mondays at 9:00\n"
        "Where those reports go: To the leads, in private\nReminders: yes\n"
    )
    project = store.projects.get("p")
    assert (project.report_schedule, project.report_to, project.reminders) == ("0 9 * * 1", "leads", True)
    assert project.report_since is not None, "it does not look back"
    assert "Mondays at 9:00" in invoke("project", "show", "p").output
    assert "five fields" in told(invoke("project", "tell", "p", "--report-schedule", "daily", code=2))
    assert invoke("project", "tell", "p").output == "Nothing was changed.\n"
    assert invoke("project", "tell", "p", "--report-schedule", "never", "--no-lead-notes").exit_code == 0
    project = store.projects.get("p")
    assert (project.report_schedule, project.lead_notes, project.reminders) == (None, False, True)
    wrong = invoke(
        "project", "create", "Q", "--channel", "C0BRAND", "--labels", "a,b", "--report-schedule", "x", code=2
    )
    assert "--report-schedule" in wrong.output


def test_the_language_and_who_does_what_are_changed_while_it_runs(invoke: Invoke, brand: str, store: Store) -> None:
    said = invoke("project", "tell", brand, "--language", "de", "--lead", "U0ANA", "--lead", "S0TEAM").output
    assert said == "Language: Deutsch\nWho leads: U0ANA, S0TEAM\n"
    project = store.projects.get(brand)
    assert (project.language, project.leads, project.annotators) == ("de", ("U0ANA", "S0TEAM"), ())
    both = invoke("project", "tell", brand, "--observer", "U0ANA", code=2)
    assert "out of one of the lists" in told(both)
    assert invoke("project", "tell", brand, "--lead", "nobody").output == "Who leads: nobody by name\n"
    log = invoke("project", "log", brand).output
    assert "who leads (U0ANA, S0TEAM → nobody by name)" in log and "report_since" not in log


def test_people_are_looked_up_in_slack(invoke: Invoke, store: Store, workspace: WorkspaceServer) -> None:
    known = ("project", "create", "P", "--channel", "C0BRAND", "--labels", "a,b")
    assert "Slack knows nobody by the id U0NOBODY" in failure(invoke(*known, "--lead", "U0NOBODY", code=1))
    assert store.projects.all() == []
    invoke(*known, "--lead", "U0ANA")
    assert "the id S0NONE" in failure(invoke("project", "tell", "p", "--annotator", "S0NONE", code=1))
    assert store.projects.get("p").leads == ("U0ANA",)
