"""A sentence embedding model in miniature, made on the spot: a table of vectors, one per word."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from onnx import TensorProto, helper, numpy_helper

WORDS = ("[UNK]", "great", "good", "poor", "bad", "service", "place", "the", "was")
WIDTH = 6


def table(seed: int = 0) -> np.ndarray:
    """Vectors (words, WIDTH); opposites point in opposite directions, the unknown word nowhere."""
    vectors = np.random.default_rng(seed).normal(size=(len(WORDS), WIDTH)).astype(np.float32)
    vectors[0] = 0
    vectors[3:5] = -vectors[1:3]
    return vectors


def model(vectors: np.ndarray | None = None, *, pooled: bool = False, inputs: tuple[str, ...] = ()) -> bytes:
    """input_ids -> (texts, tokens, WIDTH), or the largest of the tokens (texts, WIDTH) with `pooled`."""
    names = inputs or ("input_ids", "attention_mask", "token_type_ids")
    nodes = [helper.make_node("Gather", ["table", names[0]], ["last_hidden_state"])]
    shape: list[str | int] = ["texts", "tokens", WIDTH]
    if pooled:
        nodes.append(helper.make_node("ReduceMax", ["last_hidden_state"], ["sentence_embedding"], axes=[1], keepdims=0))
    outputs = [helper.make_tensor_value_info("last_hidden_state", TensorProto.FLOAT, shape)]
    if pooled:
        outputs.append(helper.make_tensor_value_info("sentence_embedding", TensorProto.FLOAT, ["texts", WIDTH]))
    graph = helper.make_graph(
        nodes,
        "tiny",
        [helper.make_tensor_value_info(name, TensorProto.INT64, ["texts", "tokens"]) for name in names],
        outputs,
        [numpy_helper.from_array(table() if vectors is None else vectors, "table")],
    )
    made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    return bytes(made.SerializeToString())


def tokenizer() -> str:
    """Words between spaces, in any case."""
    return json.dumps(
        {
            "version": "1.0",
            "truncation": None,
            "padding": None,
            "added_tokens": [],
            "normalizer": {"type": "Lowercase"},
            "pre_tokenizer": {"type": "Whitespace"},
            "post_processor": None,
            "decoder": None,
            "model": {"type": "WordLevel", "vocab": {w: i for i, w in enumerate(WORDS)}, "unk_token": "[UNK]"},
        }
    )


def write_model(folder: Path) -> None:
    """A model folder."""
    folder.mkdir(exist_ok=True)
    (folder / "model.onnx").write_bytes(model())
    (folder / "tokenizer.json").write_text(tokenizer(), "utf-8")
