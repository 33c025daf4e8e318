"""A sentence embedding model from a local folder, in the layout that model hubs use. Nothing is ever downloaded."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bot.domain import RoundtableError
from bot.services.ordered_map import ordered_map
from learner.embeddings import EmbeddingFeatures, Pooling
from learner.errors import EmbeddingError

SETTING = "ROUNDTABLE_EMBEDDINGS_MODEL"
MODELS = ("model.onnx", "onnx/model.onnx")
TOKENIZER = "tokenizer.json"
MOST_TOKENS = 512


class EmbeddingModelError(RoundtableError):
    """The folder's model can't be used; the text says why and what to do."""


def load(folder: Path | None, progress: Callable[[int], None] | None = None) -> EmbeddingFeatures:
    """The model of a folder: model.onnx (or onnx/model.onnx), tokenizer.json and, if they are there, the files that say how to
    pool (1_Pooling/config.json) and how long texts may be (sentence_bert_config.json). Raises EmbeddingModelError."""
    if folder is None:
        raise EmbeddingModelError(
            f"{SETTING}: is not set; name the folder of a sentence embedding model ({MODELS[0]} and {TOKENIZER})"
        )
    folder = folder.expanduser()
    try:
        return EmbeddingFeatures(
            _first(folder, MODELS).read_bytes(),
            _first(folder, (TOKENIZER,)).read_text("utf-8"),
            max_tokens=_max_tokens(folder),
            pooling=_pooling(folder),
            mapper=ordered_map,
            progress=progress,
        )
    except EmbeddingError as error:
        raise EmbeddingModelError(f"{folder}: {error}") from error
    except (OSError, ValueError) as error:
        raise EmbeddingModelError(f"{folder}: can't be read: {error}") from error


def _first(folder: Path, names: tuple[str, ...]) -> Path:
    for name in names:
        if (folder / name).is_file():
            return folder / name
    if not folder.is_dir():
        raise EmbeddingModelError(f"{SETTING}: there is no folder {folder}")
    raise EmbeddingModelError(f"{SETTING}: there is no {' or '.join(names)} in {folder}")


def _json(path: Path) -> dict[str, Any]:
    found = json.loads(path.read_text("utf-8")) if path.is_file() else {}
    return found if isinstance(found, dict) else {}


def _pooling(folder: Path) -> Pooling:
    ways = _json(folder / "1_Pooling" / "config.json")
    wanted = [name for name, on in ways.items() if name.startswith("pooling_mode_") and on is True]
    if wanted == ["pooling_mode_cls_token"]:
        return "cls"
    if wanted in ([], ["pooling_mode_mean_tokens"]):
        return "mean"
    raise EmbeddingModelError(f"{folder}: pools by {', '.join(wanted)}; only mean_tokens and cls_token are known")


def _max_tokens(folder: Path) -> int:
    length = _json(folder / "sentence_bert_config.json").get("max_seq_length")
    return length if isinstance(length, int) and 1 <= length <= MOST_TOKENS else MOST_TOKENS // 2
