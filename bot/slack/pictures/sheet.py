"""The markup of the client's page: a head, tables that a phone can scroll, pictures within the file. No text of its own."""

from __future__ import annotations

import base64
import html
from collections.abc import Sequence
from typing import Final

from bot.slack.blocks.message import Picture
from bot.slack.blocks.text import one_line
from bot.words import language

# A browser then fetches and runs nothing, whatever an item's or a label's text may hold.
POLICY: Final = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
STYLE: Final = """
:root { color-scheme: light dark; --paper: #ffffff; --ink: #1d1c1d; --faint: #5c5c58; --line: #d3d3cd; }
@media (prefers-color-scheme: dark) { :root { --paper: #1a1d21; --ink: #e8e8e6; --faint: #b0b0ab; --line: #44474b; } }
body { margin: 0 auto; padding: 24px; max-width: 960px; background: var(--paper); color: var(--ink);
  font: 15px/1.45 system-ui, sans-serif; overflow-wrap: break-word; }
h1 { margin: 0; font-size: 24px; } h2 { margin: 20px 0 6px; font-size: 16px; }
.lead { font-size: 18px; margin: 10px 0; } .faint, figcaption, footer { color: var(--faint); font-size: 12.5px; }
.scroll { overflow-x: auto; } table { border-collapse: collapse; width: 100%; }
th { font-weight: 600; } th, td { padding: 5px 10px 5px 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
.pictures { display: grid; grid-template-columns: repeat(auto-fit, minmax(280px, 1fr)); gap: 12px; margin-top: 16px; }
figure { margin: 0; break-inside: avoid; } img { width: 100%; height: auto; border-radius: 6px; }
footer { margin-top: 16px; }
@media print { :root { --paper: #fff; --ink: #000; --faint: #444; --line: #bbb; } @page { size: A4; margin: 12mm; }
  body { padding: 0; max-width: none; font-size: 10px; line-height: 1.3; } .lead { font-size: 13px; } h1 { font-size: 18px; }
  h2 { margin: 10px 0 3px; font-size: 12px; }
  .pictures { grid-template-columns: 1fr 1fr; gap: 8px; } th, td { padding: 1px 8px 1px 0; } figcaption { display: none; } }
"""


def document(title: str, when: str, lead: str, parts: Sequence[str], footer: str) -> str:
    """The whole file. `lead` and `parts` are HTML, the others plain text."""
    return (
        f'<!doctype html>\n<html lang="{language()}"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{text(title)}</title>'
        f"<style>{STYLE}</style></head><body><header><h1>{text(title)}</h1><p class=faint>{text(when)}</p></header>"
        f"<main><p class=lead>{lead}</p>{''.join(parts)}</main><footer>{text(footer)}</footer></body></html>\n"
    )


def text(value: str) -> str:
    """Anything as HTML that means itself."""
    return html.escape(one_line(value))


def strong(label: str) -> str:
    """A label that stands out."""
    return f"<strong>{text(label)}</strong>"


def section(title: str, body: str, note: str = "") -> str:
    """A part with its title, and a small line below (plain text)."""
    below = f"<p class=faint>{text(note)}</p>" if note else ""
    return f"<section><h2>{text(title)}</h2>{body}{below}</section>"


def table(name: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """The first cell of each row is its head."""
    top = "".join(f'<th scope="col">{text(cell)}</th>' for cell in head)
    top = f"<thead><tr>{top}</tr></thead>" if head else ""
    body = "".join(
        f'<tr><th scope="row">{text(first)}</th>{"".join(f"<td>{text(cell)}</td>" for cell in rest)}</tr>'
        for first, *rest in rows
    )
    whole = f"<table>{top}<tbody>{body}</tbody></table>"
    # Reachable by keyboard, as it may be wider than a phone.
    return f'<div class=scroll tabindex=0 role=group aria-label="{text(name)}">{whole}</div>'


def pictures(shown: Sequence[Picture]) -> str:
    """Side by side where there is room."""
    figures = "".join(
        f'<figure><img alt="{text(each.alt_text)}" src="data:image/png;base64,{base64.b64encode(each.png).decode()}">'
        f"<figcaption>{text(each.title)}</figcaption></figure>"
        for each in shown
    )
    return f"<div class=pictures>{figures}</div>" if shown else ""
