"""Labels in the cells of a file: one label, or, where items carry several, `spam|abuse`, `["spam","abuse"]` or a word for none."""

from __future__ import annotations

import json
from typing import NamedTuple

from bot.domain import Project, RoundtableError, labelsets
from bot.words import say


class LabelCellError(RoundtableError):
    """How labels are written in the file can't be told apart from the labels themselves."""


class LabelForm(NamedTuple):
    """How a file writes several labels in one cell, and that an item has none of them. An empty cell says nothing at all."""

    separator: str = "|"
    none: str = "none"


USUAL_FORM = LabelForm()


def split_cell(cell: object, form: LabelForm) -> list[str] | None:
    """The labels that a cell names, none of them being []; None where it says nothing. A list, or JSON for one, may stand there, too."""
    if isinstance(cell, list) and all(isinstance(label, str) for label in cell):
        return [label.strip() for label in cell]
    text = str(cell).strip()
    if not text:
        return None
    if text.startswith("["):
        try:
            return [label.strip() for label in labelsets.decode(text)]
        except ValueError:
            pass  # a label may begin like that
    if text.casefold() == form.none.casefold():
        return []
    return [label for part in text.split(form.separator) if (label := part.strip())]


class LabelCells:
    """Reads the label column for one project."""

    def __init__(self, project: Project, form: LabelForm = USUAL_FORM) -> None:
        """Raises LabelCellError where the separator can't be one."""
        self._labels, self._form, self.several = project.labels, form, project.multi_label
        clash = [label for label in project.labels if not form.separator or form.separator in label]
        if self.several and clash:
            written = json.dumps([clash[0]], ensure_ascii=False)
            fault = say("label-separator", separator=repr(form.separator), label=repr(clash[0]), json=written)
            raise LabelCellError(fault)

    def read(self, cell: object) -> str | None:
        """The answer in a cell; None where it says nothing. Raises ValueError for a label that the project does not have."""
        if not self.several:
            label = str(cell).strip() or None
            if label is not None and label not in self._labels:
                raise ValueError(say("label-unknown", label=repr(label), known=", ".join(self._labels)))
            return label
        if isinstance(cell, str) and cell.strip() in self._labels:
            return labelsets.encode([cell.strip()], self._labels)
        found = split_cell(cell, self._form)
        return None if found is None else labelsets.encode(found, self._labels)
