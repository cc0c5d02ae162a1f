#!/usr/bin/env python3
"""Measures the ONNX file itself with ONNX Runtime and describes it for the model card.

Needs `pip install onnx onnxruntime numpy` (a virtual environment outside the repository) and
Debian's dataset-fashion-mnist. Prints top-1 on the validation images and on the test set, size,
parameters, multiply-accumulates, op types and, per split point, shape and the cost before it.
"""

import collections
import gzip
import pathlib
import sys

import numpy
import onnx
import onnxruntime
from onnx import numpy_helper, shape_inference

DATA = pathlib.Path("/usr/share/datasets/fashion-mnist")
MEAN, SCALE, VALIDATION = 73.0, 90.0, 5000


def load(part: str) -> tuple[numpy.ndarray, numpy.ndarray]:
    images = gzip.decompress((DATA / f"{part}-images-idx3-ubyte.gz").read_bytes())[16:]
    labels = gzip.decompress((DATA / f"{part}-labels-idx1-ubyte.gz").read_bytes())[8:]
    pixels = numpy.frombuffer(images, numpy.uint8).reshape(-1, 1, 28, 28).astype(numpy.float32)
    return (pixels - numpy.float32(MEAN)) / numpy.float32(SCALE), numpy.frombuffer(labels, numpy.uint8)


def correct(session: onnxruntime.InferenceSession, images, labels, batch: int = 500) -> int:
    starts = range(0, len(images), batch)
    logits = [session.run(["logits"], {"image": images[at : at + batch]})[0] for at in starts]
    return int((numpy.concatenate(logits).argmax(1) == labels).sum())


def split_points(graph: onnx.GraphProto) -> list[str]:
    """Tensors that alone separate `image` from `logits`, in graph order (which is topological)."""
    weights = {tensor.name for tensor in graph.initializer}
    last_use = {name: at for at, node in enumerate(graph.node) for name in node.input}
    alive, found = set(), []
    for at, node in enumerate(graph.node):
        alive = {name for name in alive if last_use[name] > at}
        alive |= {name for name in node.input if name not in weights and last_use[name] > at}
        if not alive and node.output[0] in last_use:
            found.append(node.output[0])
        alive.add(node.output[0])
    return found


def describe(model: onnx.ModelProto) -> None:
    graph = shape_inference.infer_shapes(model, strict_mode=True).graph
    weights = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
    shapes = {
        value.name: [d.dim_value for d in value.type.tensor_type.shape.dim][1:]
        for value in [*graph.value_info, *graph.output]
    }
    total_parameters = sum(weight.size for weight in weights.values())
    cuts, macs, parameters, rows = split_points(graph), 0, 0, []
    for node in graph.node:
        name = node.output[0]
        if node.op_type in ("Conv", "Gemm"):
            positions = int(numpy.prod(shapes[name][1:]))
            macs += positions * weights[node.input[1]].size
            parameters += sum(weights[each].size for each in node.input[1:])
        if name in cuts:
            rows.append((name, "x".join(map(str, shapes[name])), int(numpy.prod(shapes[name])), macs, parameters))
    print(f"parameters {total_parameters}, MACs {macs}")
    print("ops", dict(collections.Counter(node.op_type for node in graph.node)))
    for row in rows:
        print("{:22} {:10} {:6} values, head {:9} MACs {:7} parameters".format(*row))


def main() -> None:
    path = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "Scenarios/models/fashion-resnet.onnx")
    model = onnx.load(path)
    onnx.checker.check_model(model, full_check=True)
    print(f"{path}: {path.stat().st_size} bytes, opset {model.opset_import[0].version}, "
          f"onnxruntime {onnxruntime.__version__}")
    describe(model)
    session = onnxruntime.InferenceSession(path.read_bytes(), providers=["CPUExecutionProvider"])
    for name, part, chosen in [
        ("validation", "train", slice(-VALIDATION, None)),
        ("test", "t10k", slice(None)),
    ]:
        images, labels = (each[chosen] for each in load(part))
        count = correct(session, images, labels)
        print(f"{name} top-1 {100 * count / len(labels):.2f} % ({count} of {len(labels)})")


if __name__ == "__main__":
    main()
