"""Shorthands for the arrays that travel between the modules."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

Floats: TypeAlias = NDArray[np.float64]
Rows: TypeAlias = NDArray[np.int64]
# Places among a great many features: half the memory of Rows.
Places: TypeAlias = NDArray[np.int32]
Mask: TypeAlias = NDArray[np.bool_]
# scipy-stubs types a matrix by its scalar; the learner takes any real one.
Matrix: TypeAlias = csr_matrix[Any]
