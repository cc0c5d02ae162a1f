"""Writes the graph as an ONNX file with the names it has here.

PyTorch's exporter numbers the tensors; split points deserve names.
"""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))

import onnx_messages
from network import CLASSES, Node


def operator(node: Node) -> bytes:
    inputs = list(node.inputs)
    attributes = {}
    if node.op == "Conv":
        inputs += [f"{node.output}.weight", f"{node.output}.bias"]
        attributes = {
            "kernel_shape": [node.kernel] * 2,
            "strides": [node.stride] * 2,
            "pads": [node.kernel // 2] * 4,
        }
    elif node.op == "Gemm":
        inputs += [f"{node.output}.weight", f"{node.output}.bias"]
        attributes = {"transB": 1}
    elif node.op == "Flatten":
        attributes = {"axis": 1}
    return onnx_messages.node(node.op, node.output, inputs, attributes)


def initializer(name: str, tensor) -> bytes:
    return onnx_messages.initializer(
        name, list(tensor.shape), tensor.contiguous().flatten().tolist()
    )


def write(graph: list[Node], parameters: dict) -> bytes:
    """The model: input `image` [N,1,28,28], output `logits` [N,10], N free."""
    return onnx_messages.model(
        "fashion-resnet",
        nodes=b"".join(operator(node) for node in graph),
        initializers=b"".join(
            initializer(f"{name}.weight", weight) + initializer(f"{name}.bias", bias)
            for name, (weight, bias) in parameters.items()
        ),
        values=onnx_messages.value(11, "image", ["N", 1, 28, 28])
        + onnx_messages.value(12, "logits", ["N", CLASSES]),
    )
