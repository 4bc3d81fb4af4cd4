"""Logistic regression with many heads over one sparse and one dense block of features.

One product with the sparse block serves all heads at once, which is why this is not done head by
head with scikit-learn: seventeen heads over tens of thousands of lines take seconds. The
answer is the same: a convex loss with an L2 penalty, minimised by L-BFGS from zero, so that the
same data give the same weights.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import minimize

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """Weights of the sparse block, of the dense block, and the offsets, one column per head."""

    hashed: Array
    dense: Array
    bias: Array

    def logits(self, hashed: Any, dense: Array) -> Array:
        """The heads' log-odds for rows of features."""
        return np.asarray(hashed @ self.hashed + dense @ self.dense + self.bias)


def fit(
    hashed: Any,
    dense: Array,
    wanted: Array,
    *,
    exclusive: bool,
    penalty: float,
    dense_penalty: float,
    weights: Array | None = None,
    steps: int = 80,
) -> Fitted:
    """Fit all heads; `exclusive` heads share one softmax, others are each a sigmoid.

    `wanted` is rows x heads of 0 and 1 with NaN where unknown (sigmoids only). The loss is the
    mean over rows, so the penalties mean the same for any number of rows.
    """
    known = ~np.isnan(wanted)
    asked = np.where(known, wanted, 0.0)
    share = np.ones(len(asked)) if weights is None else weights
    share = (share / share.sum())[:, None] * known
    places = np.unique(hashed.indices)
    block = sparse.csr_array(hashed[:, places])
    across = sparse.csr_array(block.T)
    heads, size, width = asked.shape[1], len(places), dense.shape[1]
    cut = [size * heads, (size + width) * heads]

    def loss(flat: Array) -> tuple[float, Array]:
        w = flat[: cut[0]].reshape(size, heads)
        v = flat[cut[0] : cut[1]].reshape(width, heads)
        z = block @ w + dense @ v + flat[cut[1] :]
        if exclusive:
            z = z - z.max(axis=1, keepdims=True)
            log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
            value = -np.sum(share * asked * log_p)
            error = share * (np.exp(log_p) - asked)
        else:
            value = np.sum(share * (np.logaddexp(0.0, z) - asked * z))
            error = share * (1.0 / (1.0 + np.exp(-z)) - asked)
        value += 0.5 * penalty * np.sum(w * w) + 0.5 * dense_penalty * np.sum(v * v)
        slopes = [across @ error + penalty * w, dense.T @ error + dense_penalty * v]
        return float(value), np.concatenate([*(s.ravel() for s in slopes), error.sum(axis=0)])

    start = np.zeros(cut[1] + heads)
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": steps}).x
    full = np.zeros((hashed.shape[1], heads))
    full[places] = found[: cut[0]].reshape(size, heads)
    return Fitted(
        hashed=full,
        dense=found[cut[0] : cut[1]].reshape(width, heads),
        bias=found[cut[1] :],
    )
