"""Writes the graph as an ONNX file with the names it has here.

PyTorch's exporter numbers the tensors; split points deserve names. The few messages needed are
encoded by hand, so that Debian's packages suffice. Field numbers: onnx.proto of the ONNX project.
"""

import struct

from network import CLASSES, Node

OPSET = 13
IR_VERSION = 7  # the version that came with opset 13's first release
FLOAT = 1


def varint(value: int) -> bytes:
    encoded = bytearray()
    while value > 0x7F:
        encoded.append(value & 0x7F | 0x80)
        value >>= 7
    encoded.append(value)
    return bytes(encoded)


def integer(field: int, value: int) -> bytes:
    return varint(field << 3) + varint(value)


def block(field: int, content: bytes | str) -> bytes:
    """A length-delimited field: a string, bytes or an embedded message."""
    content = content.encode() if isinstance(content, str) else content
    return varint(field << 3 | 2) + varint(len(content)) + content


def attribute(name: str, value: int | list[int]) -> bytes:
    if isinstance(value, int):
        content = integer(3, value) + integer(20, 2)  # i, type INT
    else:
        content = b"".join(integer(8, each) for each in value) + integer(20, 7)  # ints, type INTS
    return block(5, block(1, name) + content)


def operator(node: Node) -> bytes:
    inputs = list(node.inputs)
    attributes = b""
    if node.op == "Conv":
        inputs += [f"{node.output}.weight", f"{node.output}.bias"]
        attributes = (
            attribute("kernel_shape", [node.kernel] * 2)
            + attribute("strides", [node.stride] * 2)
            + attribute("pads", [node.kernel // 2] * 4)
        )
    elif node.op == "Gemm":
        inputs += [f"{node.output}.weight", f"{node.output}.bias"]
        attributes = attribute("transB", 1)
    elif node.op == "Flatten":
        attributes = attribute("axis", 1)
    named = b"".join(block(1, name) for name in inputs) + block(2, node.output)
    return block(1, named + block(3, node.output) + block(4, node.op) + attributes)


def initializer(name: str, tensor) -> bytes:
    values = tensor.contiguous().flatten().tolist()
    shape = b"".join(integer(1, size) for size in tensor.shape)
    raw = struct.pack(f"<{len(values)}f", *values)
    return block(5, shape + integer(2, FLOAT) + block(8, name) + block(9, raw))


def value(field: int, name: str, shape: list[int | str]) -> bytes:
    """A graph input or output; a string is a symbolic dimension."""
    sizes = [integer(1, size) if isinstance(size, int) else block(2, size) for size in shape]
    dimensions = b"".join(block(1, size) for size in sizes)
    return block(field, block(1, name) + block(2, block(1, integer(1, FLOAT) + block(2, dimensions))))


def write(graph: list[Node], parameters: dict) -> bytes:
    """The model: input `image` [N,1,28,28], output `logits` [N,10], N free."""
    content = b"".join(operator(node) for node in graph) + block(2, "fashion-resnet")
    for name, (weight, bias) in parameters.items():
        content += initializer(f"{name}.weight", weight) + initializer(f"{name}.bias", bias)
    content += value(11, "image", ["N", 1, 28, 28]) + value(12, "logits", ["N", CLASSES])
    opset = block(8, integer(2, OPSET))
    return integer(1, IR_VERSION) + block(2, "simcoord") + block(7, content) + opset
