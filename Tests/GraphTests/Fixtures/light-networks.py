"""Writes light-networks.json: the split points of the light networks, found without simcoord.

Shapes come from onnx.shape_inference; a tensor is a split point when the output can no longer be
reached from the input once the tensor is taken away. MACs are summed over Conv and Gemm.

Usage: python light-networks.py FOLDER > light-networks.json   (needs onnx)
"""

import json
import math
import pathlib
import sys

import onnx
from onnx import shape_inference

def reachable(consumers, start, removed):
    seen, pending = {start}, [start]
    while pending:
        for node in consumers.get(pending.pop(), []):
            for name in node.output:
                if name not in seen and name != removed:
                    seen.add(name)
                    pending.append(name)
    return seen


def describe(path):
    model = shape_inference.infer_shapes(onnx.load(path), strict_mode=True, data_prop=True)
    graph = model.graph
    constants = {tensor.name for tensor in graph.initializer}
    source = next(value.name for value in graph.input if value.name not in constants)
    target = graph.output[0].name
    shapes = {tensor.name: list(tensor.dims) for tensor in graph.initializer}
    for value in [*graph.input, *graph.output, *graph.value_info]:
        shapes[value.name] = [d.dim_value for d in value.type.tensor_type.shape.dim]
    consumers, macs = {}, 0
    for node in graph.node:
        for name in node.input:
            consumers.setdefault(name, []).append(node)
        if node.op_type in ("Conv", "Gemm"):
            weights = shapes[node.input[1]]
            transposed = any(a.name == "transB" and a.i for a in node.attribute)
            inner = weights[0] if node.op_type == "Gemm" and not transposed else math.prod(weights[1:])
            macs += math.prod(shapes[node.output[0]]) * inner
    data = reachable(consumers, source, None)
    points = [
        [name, shapes[name]]
        for node in graph.node
        for name in node.output
        if name in data and name != target
        and target not in reachable(consumers, source, name)
    ]
    return {"multiplyAccumulates": macs, "splitPoints": points}


folder = pathlib.Path(sys.argv[1])
networks = {path.stem: describe(path) for path in sorted(folder.glob("*.onnx"))}
lines = (f'  "{name}": {json.dumps(value, separators=(",", ":"))}' for name, value in networks.items())
print("{\n" + ",\n".join(lines) + "\n}")
