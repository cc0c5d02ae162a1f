"""Computes with PyTorch what a gradient graph computes, for GradientTests.

Reads DIRECTORY/graph.json and the float32 tensors that it names, runs the graph's nodes, and writes
the output and the gradient of sum(seed * output) for each variable beside them:

    gradients.py DIRECTORY
"""

import json
import pathlib
import sys

import numpy
import torch
import torch.nn.functional as functional


def convolution(x, weight, bias=None, *, strides, pads, dilations, group):
    """Conv with explicit pads, which may differ at the two ends."""
    rank = x.dim() - 2
    convolve = {1: functional.conv1d, 2: functional.conv2d}[rank]
    if pads[:rank] == pads[rank:]:
        return convolve(x, weight, bias, strides, pads[:rank], dilations, group)
    ends = [size for axis in reversed(range(rank)) for size in (pads[axis], pads[axis + rank])]
    return convolve(functional.pad(x, ends), weight, bias, strides, 0, dilations, group)


def run(node, inputs):
    """The output of one node."""
    integers = {name: value for name, value in node["integers"].items()}
    kind = node["operator"]
    if kind == "Conv":
        rank = inputs[0].dim() - 2
        return convolution(
            *inputs,
            strides=integers.get("strides", [1] * rank),
            pads=integers.get("pads", [0] * 2 * rank),
            dilations=integers.get("dilations", [1] * rank),
            group=integers.get("group", [1])[0],
        )
    if kind == "Gemm":
        assert integers.get("transB") == [1]
        return functional.linear(*inputs)
    return {
        "Relu": torch.relu,
        "Clip": lambda x, low, high: functional.hardtanh(x, low.item(), high.item()),
        "Add": torch.add,
        "GlobalAveragePool": lambda x: x.mean(dim=(2, 3), keepdim=True),
        "Flatten": lambda x: x.flatten(1),
    }[kind](*inputs)


def main(directory):
    graph = json.loads((directory / "graph.json").read_text())
    tensors = {}
    for index, tensor in enumerate(graph["tensors"]):
        values = numpy.fromfile(directory / f"tensor{index}", dtype="<f4")
        tensors[tensor["name"]] = torch.from_numpy(values.reshape(tensor["shape"]))
    for variable in graph["variables"]:
        tensors[variable].requires_grad_()
    for node in graph["nodes"]:
        tensors[node["output"]] = run(node, [tensors[name] for name in node["inputs"]])
    output = tensors[graph["output"]]
    (output * tensors["seed"]).sum().backward()
    output.detach().numpy().tofile(directory / "output")
    for index, variable in enumerate(graph["variables"]):
        tensors[variable].grad.numpy().tofile(directory / f"gradient{index}")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
