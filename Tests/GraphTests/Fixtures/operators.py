"""Writes operators-11.onnx and operators-18.onnx: every operator with a shape rule, in many settings.

onnx.shape_inference stores the shape of every tensor in the files; the tests compare.

Usage: python operators.py FOLDER   (needs onnx)
"""

import pathlib
import sys

import numpy
import onnx
from onnx import TensorProto, helper, numpy_helper, shape_inference


class Builder:
    def __init__(self, opset):
        self.opset, self.nodes, self.constants = opset, [], []

    def constant(self, values, kind=numpy.int64):
        name = f"c{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(numpy.array(values, kind), name))
        return name

    def weights(self, *shape):
        return self.constant(numpy.zeros(shape), numpy.float32)

    def add(self, kind, *inputs, outputs=1, **attributes):
        names = [f"t{len(self.nodes)}_{index}" for index in range(outputs)]
        self.nodes.append(helper.make_node(kind, inputs, names, **attributes))
        return names[0] if outputs == 1 else names

    def listed(self, since, kind, source, name, values, **attributes):
        """`values` as an attribute before operator set `since`, as an input from there on."""
        if self.opset < since:
            return self.add(kind, source, **{name: values}, **attributes)
        return self.add(kind, source, self.constant(values), **attributes)


def fill(b):
    x = "x"  # batch, 6, 13, 10
    for attributes in [
        {}, {"strides": [2, 3]}, {"pads": [1, 0, 2, 1]}, {"dilations": [2, 2]},
        {"auto_pad": "SAME_UPPER", "strides": [2, 2]}, {"auto_pad": "SAME_LOWER"},
        {"auto_pad": "VALID", "strides": [3, 2]},
    ]:
        b.add("Conv", x, b.weights(8, 6, 3, 2), **attributes)
        b.add("Conv", x, b.weights(12, 2, 3, 2), b.weights(12), group=3, **attributes)
        b.add("MaxPool", x, kernel_shape=[3, 2], **attributes)
        b.add("MaxPool", x, kernel_shape=[3, 3], ceil_mode=1, **attributes)
        if "dilations" not in attributes:
            b.add("AveragePool", x, kernel_shape=[3, 2], **attributes)
        b.add("ConvTranspose", x, b.weights(6, 4, 3, 2), **attributes)
    b.add("ConvTranspose", x, b.weights(6, 4, 3, 3), strides=[2, 2], output_padding=[1, 0], group=2)
    b.add("ConvTranspose", x, b.weights(6, 4, 3, 3), strides=[2, 2], output_shape=[27, 21])
    b.add("MaxPool", x, kernel_shape=[2, 2], strides=[2, 2], ceil_mode=1, outputs=2)
    b.add("AveragePool", x, kernel_shape=[3, 3], strides=[2, 2], ceil_mode=1, pads=[0, 0, 1, 1])
    pooled = b.add("GlobalAveragePool", x)
    flat = b.add("Flatten", pooled)
    b.add("Flatten", x, axis=0), b.add("Flatten", x, axis=-2), b.add("Flatten", x, axis=4)
    logits = b.add("Gemm", flat, b.weights(5, 6), b.weights(5), transB=1)
    b.add("Gemm", flat, b.weights(6, 7))
    b.add("MatMul", flat, b.weights(6, 9)), b.add("MatMul", x, b.weights(10, 3))
    b.add("MatMul", x, b.weights(10)), b.add("MatMul", x, b.weights(6, 10, 4))
    for kind in ["Relu", "LeakyRelu", "Sigmoid", "HardSigmoid", "Softmax", "LogSoftmax", "Identity",
                 "Clip", "Tanh", "Elu"]:
        b.add(kind, x)
    b.add("LRN", x, size=3)
    b.add("BatchNormalization", x, *(b.weights(6) for _ in range(4)))
    b.add("Dropout", x, outputs=2)
    for kind in ["Add", "Sub", "Mul", "Div"]:
        b.add(kind, x, b.weights(6, 1, 1)), b.add(kind, b.weights(1), x)
        b.add(kind, x, b.weights(4, 1, 6, 1, 10))
    b.add("Sum", x, x, b.weights(10))
    b.add("Concat", x, x, b.weights(2, 1, 13, 10), axis=1), b.add("Concat", x, x, axis=-1)
    for shape in [[0, -1], [2, 3, -1, 13], [-1], [0, 0, 130], [0, 6, 13, 2, 5]]:
        b.add("Reshape", x, b.constant(shape))
    b.add("Transpose", x), b.add("Transpose", x, perm=[0, 2, 3, 1])
    b.listed(18, "ReduceMean", x, "axes", [2, 3]), b.add("ReduceMean", x)
    b.listed(18, "ReduceMean", x, "axes", [-1], keepdims=0)
    b.listed(13, "ReduceSum", x, "axes", [1], keepdims=0)
    b.add("ArgMax", x, axis=1), b.add("ArgMax", x, axis=-1, keepdims=0)
    b.listed(13, "Unsqueeze", x, "axes", [0, 3]), b.listed(13, "Unsqueeze", x, "axes", [-1])
    b.listed(13, "Squeeze", pooled, "axes", [2, -1]), b.listed(13, "Squeeze", pooled, "axes", [3])
    b.add("Pad", x, b.constant([0, 1, 2, 3, 0, 1, 0, -1]))
    b.listed(13, "Split", x, "split", [1, 2, 3], axis=1, outputs=3)
    big = 2**63 - 1
    for bounds in [([1], [3], [1], [1]), ([-4, 9], [big, -big], [2, 3], [1, -2]), ([12], [0], [2], [-5])]:
        b.add("Slice", x, *map(b.constant, bounds))
    b.add("Slice", x, b.constant([0, 2]), b.constant([1, 5]))
    b.add("Gather", x, b.constant([[0, 1, 2]]), axis=2), b.add("Gather", x, b.constant(1), axis=-1)
    b.add("Cast", x, to=TensorProto.INT64)
    b.add("ConstantOfShape", b.constant([3, 2, 1]))
    b.add("Constant", value=numpy_helper.from_array(numpy.zeros((2, 2), numpy.float32)))
    # What PyTorch writes for x.view(x.size(0), x.size(1) * 2, -1).
    shape = b.add("Shape", x)
    batch = b.listed(13, "Unsqueeze", b.add("Gather", shape, b.constant(0)), "axes", [0])
    channels = b.add("Mul", b.add("Gather", shape, b.constant(1)), b.constant(2))
    channels = b.listed(13, "Unsqueeze", channels, "axes", [0])
    tail = b.add("Slice", shape, b.constant([2]), b.constant([4]))
    half = b.add("Div", tail, b.constant([13, 2]))
    b.add("Reshape", x, b.add("Concat", batch, channels, b.constant([-1]), axis=0))
    b.add("Reshape", x, b.add("Concat", batch, half, b.constant([-1]), axis=0))
    return logits


folder = pathlib.Path(sys.argv[1])
for opset in [11, 18]:
    builder = Builder(opset)
    logits = fill(builder)
    graph = helper.make_graph(
        builder.nodes,
        f"operators {opset}",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, [2, 6, 13, 10])],
        [helper.make_tensor_value_info(logits, TensorProto.FLOAT, [2, 5])],
        builder.constants,
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", opset)], ir_version=8)
    onnx.checker.check_model(model)
    model = shape_inference.infer_shapes(model, strict_mode=True, data_prop=True)
    onnx.save(model, folder / f"operators-{opset}.onnx")
