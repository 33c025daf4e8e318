"""Hostile text is inert; nothing is loaded from elsewhere; what cannot be shown is named."""

from __future__ import annotations

import json
from typing import Any

import pytest
from browser_kit import CHANNEL, Room, item, last_message, section
from playwright.sync_api import Page, expect

HOSTILE = [
    "<img src=x onerror=\"document.title='owned'\"> <script>document.title='owned'</script>",
    "<!channel> <@U0BEN> <!here> <https://evil.example|click me>",
    "&lt;b&gt; &amp;amp; &#x41;",
    "\u202egnp.exe\u202c \u2066mixed \u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627\u2069 \u200b\u200b end",
    "*bold* _it_ ~st~ `code` :tada: > quote\n> quote\n```pre```",
    "javascript:alert(1) data:text/html,<script>1</script> http://evil.example/x",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_an_items_text_is_shown_as_it_is(place: Room, text: str) -> None:
    page = place.open()
    place.post("an item", blocks=item(text))
    block = page.locator("#messages .rich")
    expect(block).to_be_visible()
    assert block.evaluate("node => node.innerText.replace(/\\n$/, '')") == text
    assert (
        block.evaluate("node => node.querySelectorAll('a, img, script, strong, em, code, pre, .mention').length") == 0
    )
    assert page.title() != "owned"


def test_mrkdwn_makes_only_what_it_may(place: Room) -> None:
    page = place.open()
    text = "<javascript:alert(1)|run> <data:text/html,x|data> <https://example.com/a?b=1&amp;c=2|good> <img src=x> &lt;script&gt;"
    place.post("x", blocks=[section(text)])
    block = page.locator("#messages .section")
    expect(block).to_contain_text("run data good <img src=x>")
    expect(block).to_contain_text("<script>")
    links = block.locator("a")
    expect(links).to_have_count(1)
    expect(links).to_have_attribute("href", "https://example.com/a?b=1&c=2")
    expect(links).to_have_attribute("rel", "noopener noreferrer nofollow ugc")
    assert block.locator("img, script").count() == 0


MRKDWN = {
    "*b* _i_ ~s~ `c *x*`": "<strong>b</strong> <em>i</em> <s>s</s> <code>c *x*</code>",
    "*<https://e.org/a_b_c|x_y_z>*": '<strong><a href="https://e.org/a_b_c">x_y_z</a></strong>',
    "2*3*4 snake_case_name a~b~c": "2*3*4 snake_case_name a~b~c",
    "*no\nbold*": "*no<br>bold*",
    "&gt; q1\n&gt; q2\nafter": "<blockquote>q1<br>q2</blockquote>after",
    "```a <b>\n*c*```tail": "<pre>a &lt;b&gt;\n*c*</pre>tail",
    "see https://e.org/x. ok": 'see <a href="https://e.org/x">https://e.org/x</a>. ok',
    ":tada: :no_such_emoji: 10:30:45": "🎉 :no_such_emoji: 10:30:45",
    "<@U0BEN> <#C0BRAND> <!here> <@U9|gone>": "<span>@Ben</span> <span>#brand-safety</span> <span>@here</span> <span>@gone</span>",
    "<!date^0^{date_num}^https://e.org/|then>": '<a href="https://e.org/"><time>1970-01-01</time></a>',
    "<!date^x^{date_num}|then> <!date^0^{nope}|fallback>": "then fallback",
    "_*both*_ ~_x_~": "<em><strong>both</strong></em> <s><em>x</em></s>",
    "* not bold * and **": "* not bold * and **",
}
SHOW = """async ([text, store]) => {
    const { mrkdwn } = await import('/static/mrkdwn.js');
    const { Store } = await import('/static/store.js');
    const known = new Store();
    known.load(store);
    const box = document.createElement('div');
    box.append(mrkdwn(text, known));
    for (const node of box.querySelectorAll('*')) {
        for (const name of node.getAttributeNames()) if (name !== 'href') node.removeAttribute(name);
    }
    return box.innerHTML;
}"""


def test_mrkdwn_follows_slacks_rules(place: Room) -> None:
    page = place.open(timezone_id="UTC")
    state = place.browser.contexts and page.evaluate("fetch('/ui/state?as=U0ANA').then((answer) => answer.json())")
    shown = {text: page.evaluate(SHOW, [text, state]) for text in MRKDWN}
    assert shown == MRKDWN


def test_a_mean_text_is_parsed_in_no_time(place: Room) -> None:
    page = place.open()
    for text in ("*a " * 1000, "<" * 3000, "`" * 3000, "_*~" * 1000, "&gt;" * 700 + "\n" * 200, ":a" * 1500):
        started = page.evaluate("performance.now()")
        page.evaluate(SHOW, [text, {"users": [], "channels": []}])
        assert page.evaluate("performance.now()") - started < 1000


def put(place: Room, *blocks: dict[str, Any]) -> None:
    """Straight into the state: the Web API refuses such blocks, a later version of it may not."""
    ts = place.post("odd blocks")
    place.server.state.channels[CHANNEL].messages[ts]["blocks"] = list(blocks)


def test_unknown_and_broken_blocks_are_named_and_the_rest_is_shown(place: Room) -> None:
    put(
        place,
        {"type": "video", "title": "x"},
        {"type": "section"},
        {"type": "table", "rows": None},
        {"type": "actions", "block_id": "a", "elements": [{"type": "hologram", "action_id": "h"}]},
        {
            "type": "rich_text",
            "elements": [{"type": "rich_text_section", "elements": [{"type": "smell", "text": "x"}]}],
        },
        {"type": "data_visualization", "title": "t", "chart": {"type": "radar"}},
        section("still here"),
    )
    page = place.open()
    message = last_message(page, "still here")
    for said in (
        "This page cannot show a block of type “video”.",
        "Broken “table” block",
        "This page cannot show the element “hologram”",
        "Unknown rich text element “smell”",
        "chart type “radar”",
    ):
        expect(message).to_contain_text(said)


def test_nothing_is_asked_of_another_host_and_the_policy_is_strict(place: Room) -> None:
    picture = {"type": "image", "image_url": "https://tracker.example/p.png", "alt_text": "a pixel"}
    place.post("x", blocks=[picture, section("y", accessory=picture), {"type": "context", "elements": [picture]}])
    page = place.open()
    expect(page.get_by_role("img", name="a pixel").first).to_contain_text("from tracker.example, not loaded here")
    assert {address.split("/")[2] for address in place.asked if address.startswith("http")} == {
        place.server.url.split("/")[2]
    }
    answer = page.request.get(place.server.url)
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy and "script-src 'self'" in policy and "unsafe" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_the_pages_own_text_holds_no_markup_sinks(place: Room) -> None:
    page = place.open()
    loaded: list[str] = json.loads(
        page.evaluate("JSON.stringify(performance.getEntriesByType('resource').map((entry) => entry.name))")
    )
    scripts = [address for address in loaded if address.endswith(".js")]
    assert len(scripts) > 15
    for address in scripts:
        source = page.request.get(address).text()
        for sink in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function"):
            assert sink not in source, (address, sink)


def test_a_file_shows_as_a_picture_with_its_text_alternative(place: Room, one_pixel: bytes) -> None:
    page = place.open()
    place.client.files_upload_v2(
        channel=CHANNEL,
        content=one_pixel,
        filename="curve.png",
        title="Learning curve",
        alt_txt="Precision rises from 0.41 to 0.66.",
    )
    place.client.files_upload_v2(channel=CHANNEL, content=b"a,b\n1,2\n", filename="rejects.csv", title="Rejected lines")
    image = page.get_by_role("img", name="Precision rises from 0.41 to 0.66.")
    expect(image).to_be_visible()
    assert image.evaluate("node => node.decode().then(() => node.naturalWidth)") == 1
    with page.expect_download() as download:
        page.get_by_role("link", name="Rejected lines").click()
    assert download.value.suggested_filename == "rejects.csv"


@pytest.fixture
def one_pixel() -> bytes:
    """A PNG of one pixel."""
    return bytes.fromhex(
        "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63606060000000040001f61738550000000049454e44ae426082"
    )


def test_a_markdown_block_and_a_chart_have_text_for_everybody(place: Room, page_with_report: Page) -> None:
    page = page_with_report
    expect(page.locator(".markdown h3")).to_have_text("Round 2")
    expect(page.locator(".markdown li")).to_have_count(2)
    chart = page.get_by_role("img", name="Learning curve. line chart over 3 points: Recall from 0.4 to 0.7.")
    expect(chart).to_be_visible()
    expect(chart.locator("circle")).to_have_count(3)
    page.get_by_text("Show the figures").click()
    expect(page.locator(".chart-figures td").last).to_have_text("0.7")
    expect(page.get_by_role("columnheader", name="95% interval")).to_be_visible()


@pytest.fixture
def page_with_report(place: Room) -> Page:
    """A report with Markdown, a table and a chart."""
    data = [{"label": label, "value": value} for label, value in zip("123", (0.4, 0.6, 0.7), strict=True)]
    chart = {
        "type": "line",
        "series": [{"name": "Recall", "data": data}],
        "axis_config": {"categories": ["1", "2", "3"]},
    }
    rows = [
        [{"type": "raw_text", "text": cell} for cell in row]
        for row in (("Measure", "95% interval"), ("Recall", "0.5 to 0.9"))
    ]
    place.post(
        "report", blocks=[{"type": "markdown", "text": "# Round 2\n- **one**\n- [two](https://e.org)\n\n> said"}]
    )
    place.post("table", blocks=[{"type": "table", "rows": rows}])
    place.post("chart", blocks=[{"type": "data_visualization", "title": "Learning curve", "chart": chart}])
    return place.open()
