"""Sentence embeddings as features: a model in ONNX form and its tokeniser, given as bytes. Needs the extra `embeddings`.

Nothing is learned from the texts, so rows never have to be made anew. A row must not depend on its neighbours either: texts go through
the model in batches of one shape per length, filled up where too few are left, as the last digits of a product can change with its
shape. Models that quantise as they go (DynamicQuantizeLinear) look at a whole batch, so they get one text at a time.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from learner.errors import CorruptFeaturesError, EmbeddingError
from learner.features import Mapper, State, array, stack
from learner.types import Matrix
from learner.weighing import dense_rows

BLOCK = 4_096  # texts that are sorted by length together
TOKENS_AT_ONCE = 2_048  # of one batch
STEP = 8  # lengths are rounded up to a multiple of this
CHARACTERS_PER_TOKEN = 32  # what a text has beyond this is not tokenised at all
INPUTS = {"input_ids", "attention_mask", "token_type_ids"}

Pooling = Literal["mean", "cls"]
Floats32 = NDArray[np.float32]


class _Batch(NamedTuple):
    """Texts of one length: their places in the block, and their tokens (b, length), -1 where there is none."""

    places: list[int]
    tokens: NDArray[np.int64]


class EmbeddingFeatures:
    """Rows (n, d) of length 1 from a sentence embedding model.

    `model` are the bytes of an ONNX file whose inputs are input_ids, attention_mask and perhaps token_type_ids, and whose first output
    (or that named sentence_embedding) is (texts, tokens, d), pooled here, or (texts, d). `tokenizer` is the JSON of the `tokenizers`
    library. `progress` is told how many texts more are done. Raises EmbeddingError: the extra is missing, or this is no such model.
    """

    def __init__(
        self,
        model: bytes,
        tokenizer: str,
        *,
        max_tokens: int = 256,
        pooling: Pooling = "mean",
        mapper: Mapper = map,
        progress: Callable[[int], None] | None = None,
    ) -> None:
        self._session, self._tokenizer = _open(model, tokenizer, max_tokens)
        self._inputs = [value.name for value in self._session.get_inputs()]
        if not {"input_ids", "attention_mask"} <= set(self._inputs) <= INPUTS:
            raise EmbeddingError(f"the model asks for {', '.join(self._inputs)}, not for input_ids and attention_mask")
        names = [value.name for value in self._session.get_outputs()]
        self._output = "sentence_embedding" if "sentence_embedding" in names else names[0]
        self._one_by_one = b"DynamicQuantizeLinear" in model
        self._max_tokens, self._pooling = max_tokens, pooling
        self._map, self.progress = mapper, progress
        digest = hashlib.blake2b(model, digest_size=16)
        digest.update(tokenizer.encode())
        self._name = f"embeddings-1:{digest.hexdigest()}:{max_tokens}:{pooling}"
        self._width = int(self._run(_Batch([0], np.zeros((1, STEP), np.int64))).shape[1])

    @property
    def name(self) -> str:
        return self._name

    @property
    def learns(self) -> bool:
        return False

    @property
    def n_features(self) -> int:
        return self._width

    def fit_transform(self, texts: Sequence[str]) -> Matrix:
        """Rows (n, d)."""
        return self.transform(texts)

    def transform(self, texts: Sequence[str]) -> Matrix:
        """Rows (n, d)."""
        return stack(self.transform_blocks(texts), self)

    def fit_blocks(self, texts: Sequence[str]) -> Iterator[Matrix]:
        return self.transform_blocks(texts)

    def transform_blocks(self, texts: Sequence[str]) -> Iterator[Matrix]:
        for start in range(0, len(texts), BLOCK):
            block = texts[start : start + BLOCK]
            rows = np.zeros((len(block), self._width), np.float32)
            batches = self._batches(block)
            for batch, made in zip(batches, self._map(self._run, batches), strict=True):
                rows[batch.places] = made[: len(batch.places)]
                if self.progress is not None:
                    self.progress(len(batch.places))
            yield dense_rows(rows)

    def state(self) -> dict[str, NDArray[Any]]:
        return {"width": np.array([self._width], np.int64)}

    def restore(self, state: State) -> None:
        if array(state, "width", np.int64).tolist() != [self._width]:
            raise CorruptFeaturesError("the stored embeddings are of another width")

    def _batches(self, texts: Sequence[str]) -> list[_Batch]:
        """The texts by length, in batches of one shape per length."""
        most = self._max_tokens * CHARACTERS_PER_TOKEN
        encoded = self._tokenizer.encode_batch([_sound(text[:most]) for text in texts])
        by_length: defaultdict[int, list[int]] = defaultdict(list)
        for place, one in enumerate(encoded):
            by_length[max(1, -(-len(one.ids) // STEP)) * STEP].append(place)
        batches = []
        for length, places in sorted(by_length.items()):
            size = 1 if self._one_by_one else max(1, TOKENS_AT_ONCE // length)
            for start in range(0, len(places), size):
                chosen = places[start : start + size]
                tokens = np.full((size, length), -1, np.int64)
                for row in range(size):  # filled up with the first
                    ids = encoded[chosen[row] if row < len(chosen) else chosen[0]].ids
                    tokens[row, : len(ids)] = ids
                batches.append(_Batch(chosen, tokens))
        return batches

    def _run(self, batch: _Batch) -> Floats32:
        """Embeddings (b, d) of length 1; a text without any token: 0."""
        mask = batch.tokens >= 0
        there = mask.copy()
        there[:, 0] = True  # a model can't attend to nothing at all
        values = {
            "input_ids": np.maximum(batch.tokens, 0),
            "attention_mask": there.astype(np.int64),
            "token_type_ids": np.zeros_like(batch.tokens),
        }
        try:
            out = self._session.run([self._output], {name: values[name] for name in self._inputs})[0]
        except Exception as error:  # ONNX Runtime's errors have no other base
            raise EmbeddingError(f"the model can't be run: {_first_line(error)}") from error
        found = np.asarray(out, np.float32)
        if found.ndim == 3:
            found = found[:, 0] if self._pooling == "cls" else _mean(found, there)
        if found.ndim != 2 or not np.isfinite(found).all():
            raise EmbeddingError(
                "the model's output is no matrix of embeddings, or has values in it that are no numbers"
            )
        found = found * mask.any(axis=1, keepdims=True)
        norms = np.sqrt((found * found).sum(axis=1, keepdims=True))
        return np.asarray(found / np.where(norms > 0, norms, 1.0), np.float32)


def _open(model: bytes, tokenizer: str, max_tokens: int) -> tuple[Any, Any]:
    """A session on one thread (texts are spread over threads instead), and the tokeniser."""
    try:
        import onnxruntime
        from tokenizers import Tokenizer
    except ImportError as error:
        raise EmbeddingError(
            f"embeddings need the extra `embeddings`, and {error.name} is not installed: pip install 'roundtable-learning[embeddings]'"
        ) from None
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    try:
        session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # ONNX Runtime's errors have no other base
        raise EmbeddingError(f"ONNX Runtime can't load the model: {_first_line(error)}") from error
    try:
        found = Tokenizer.from_str(tokenizer)
    except Exception as error:  # nor have those of this library
        raise EmbeddingError(f"the tokeniser can't be read: {_first_line(error)}") from error
    found.no_padding()
    found.enable_truncation(max_tokens)
    return session, found


def _mean(values: Floats32, mask: NDArray[np.bool_]) -> Floats32:
    weights = mask.astype(np.float32)[:, :, None]
    return np.asarray((values * weights).sum(axis=1) / weights.sum(axis=1), np.float32)


def _sound(text: str) -> str:
    """Lone surrogates are no text for the tokeniser."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [error.__class__.__name__])[0][:200]
