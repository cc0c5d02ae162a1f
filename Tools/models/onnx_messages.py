"""Encodes the few protobuf messages of an ONNX file by hand, so that no package is needed.

Field numbers: onnx.proto of the ONNX project.
"""

import struct

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


def node(op: str, output: str, inputs: list[str], attributes: dict[str, int | list[int]]) -> bytes:
    """A field of the graph; `output` names both the node and the tensor that it yields."""
    named = b"".join(block(1, name) for name in inputs) + block(2, output)
    encoded = b"".join(attribute(name, value) for name, value in attributes.items())
    return block(1, named + block(3, output) + block(4, op) + encoded)


def initializer(name: str, shape: list[int], values) -> bytes:
    """A float32 weight; `values` holds its elements in row-major order."""
    sizes = b"".join(integer(1, size) for size in shape)
    raw = struct.pack(f"<{len(values)}f", *values)
    return block(5, sizes + integer(2, FLOAT) + block(8, name) + block(9, raw))


def value(field: int, name: str, shape: list[int | str]) -> bytes:
    """A graph input (field 11) or output (12); a string is a symbolic dimension."""
    sizes = [integer(1, size) if isinstance(size, int) else block(2, size) for size in shape]
    dimensions = b"".join(block(1, size) for size in sizes)
    return block(field, block(1, name) + block(2, block(1, integer(1, FLOAT) + block(2, dimensions))))


def model(name: str, nodes: bytes, initializers: bytes, values: bytes) -> bytes:
    graph = nodes + block(2, name) + initializers + values
    opset = block(8, integer(2, OPSET))
    return integer(1, IR_VERSION) + block(2, "simcoord") + block(7, graph) + opset
