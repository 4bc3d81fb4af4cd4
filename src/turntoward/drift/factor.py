"""Inverse Cholesky factors of many covariances, in blocks that stay on one core.

LAPACK starts threads for matrices of more than about sixty rows. For nine small matrices that
gains nothing, and on a busy machine the threads wait for each other fifty times as long as the
work takes.
"""

from __future__ import annotations

import numpy as np

from turntoward.drift.record import Floats

#: Rows of a block: 48 cubed multiplications lie below what OpenBLAS shares between threads.
BLOCK = 48


def inverse_factor(covariance: Floats) -> Floats:
    """The inverse of the lower Cholesky factor of each of a stack of covariances.

    Raises `numpy.linalg.LinAlgError` where one is not positive definite.
    """
    size = covariance.shape[-1]
    cuts = [slice(at, min(at + BLOCK, size)) for at in range(0, size, BLOCK)]
    rest, factor, inverse = covariance.copy(), np.zeros_like(covariance), np.zeros_like(covariance)
    for number, here in enumerate(cuts):
        corner = np.linalg.inv(np.linalg.cholesky(rest[:, here, here]))
        inverse[:, here, here] = np.tril(corner)
        for below in cuts[number + 1 :]:
            factor[:, below, here] = rest[:, below, here] @ corner.swapaxes(1, 2)
        for column, right in enumerate(cuts[number + 1 :], start=number + 1):
            for below in cuts[column:]:
                part = factor[:, below, here] @ factor[:, right, here].swapaxes(1, 2)
                rest[:, below, right] -= part
    for row, here in enumerate(cuts):
        for left in range(row):
            total = sum(
                factor[:, here, cuts[k]] @ inverse[:, cuts[k], cuts[left]] for k in range(left, row)
            )
            inverse[:, here, cuts[left]] = -inverse[:, here, here] @ total
    return inverse
