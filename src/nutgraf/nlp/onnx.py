"""Networks run by onnxruntime on one core; the only place that knows that library."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray


class Network:
    """One network of an ONNX file. The same input gives the same output in any process on one kind of machine."""

    def __init__(self, path: Path) -> None:
        import onnxruntime  # slow to import: only when a network is to be run

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])

    @property
    def inputs(self) -> Sequence[str]:
        """Return the names of what the network takes."""
        return [one.name for one in self._session.get_inputs()]

    def __call__(self, given: Mapping[str, NDArray[Any]]) -> NDArray[np.float32]:
        """Return the first output; inputs that the network does not take are left out."""
        wanted = {name: given[name] for name in self.inputs}
        result: NDArray[np.float32] = self._session.run(None, wanted)[0]
        return result
