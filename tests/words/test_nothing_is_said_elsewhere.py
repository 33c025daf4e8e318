"""No text for people stands in the code that speaks to them: it would stay English in every language."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import bot

CODE = Path(bot.__file__).parent
SPEAKING = ("slack/blocks", "slack/listeners", "slack/pictures", "slack/*.py", "services", "sources")
WORDS = re.compile(r"[^\W\d_]{2,}[,.:;!?”“’]* [^\W\d_]{2,}")
# For operators, at the command line, in logs and in the app's set-up: English (docs/words.md).
OPERATORS = (
    "services/embedding_model.py",
    "services/feature_cache.py",
    "services/features.py",
    "services/shelf.py",
    "services/training.py",  # what a model version notes of how it was made
    "slack/connecting.py",
    "slack/doctor.py",
    "slack/errors.py",  # its errors' own texts are for logs, and what people read of them is `told`
    "slack/gateway.py",  # raises those
    "slack/http.py",
    "slack/limits.py",
    "slack/outbox.py",
    "slack/pictures/fonts.py",  # names of fonts
    "slack/pictures/sheet.py",  # HTML and CSS
    "slack/receiving.py",
    "slack/sending.py",
    "slack/socket.py",
)
PROGRAMMERS = {"ValueError", "TypeError", "RuntimeError", "AssertionError"}  # raised at faults of ours


def sentences(path: Path) -> list[str]:
    """Literals of two words and more that are neither documentation nor logged."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    silent: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node) is not None:
            silent.add(id(node.body[0].value))  # type: ignore[attr-defined]
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and getattr(node.func.value, "id", "") == "log"
        ):
            silent |= {id(inner) for inner in ast.walk(node)}
        if (
            isinstance(node, ast.Raise)
            and isinstance(node.exc, ast.Call)
            and getattr(node.exc.func, "id", "") in PROGRAMMERS
        ):
            silent |= {id(inner) for inner in ast.walk(node)}
    return [
        f"{path.relative_to(CODE)}:{node.lineno}: {node.value!r}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in silent
        and WORDS.search(node.value)
    ]


def test_the_code_that_speaks_to_people_has_no_texts_of_its_own() -> None:
    files = {path for where in SPEAKING for path in CODE.glob(where if where.endswith(".py") else f"{where}/**/*.py")}
    found = [
        sentence
        for path in sorted(files)
        if not str(path.relative_to(CODE)).startswith(OPERATORS)
        for sentence in sentences(path)
    ]
    assert not found, "\n".join(found)
