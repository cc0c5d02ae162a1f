"""The network, described once as a list of ONNX nodes; training, folding and export all read it."""

import dataclasses

import torch
from torch import nn
from torch.nn import functional

CLASSES = 10


@dataclasses.dataclass(frozen=True)
class Node:
    """One ONNX operator. `output` names both the node and the tensor that it yields."""

    op: str
    output: str
    inputs: tuple[str, ...]
    channels: tuple[int, int] = (0, 0)  # in, out: Conv and Gemm
    kernel: int = 1
    stride: int = 1


def residual(name: str, source: str, channels: tuple[int, int], stride: int = 1) -> list[Node]:
    """A basic residual block (He et al. 2016): two 3x3 convolutions around a shortcut."""
    width = channels[1]
    nodes = [
        Node("Conv", f"{name}/conv1", (source,), channels, 3, stride),
        Node("Relu", f"{name}/relu1", (f"{name}/conv1",)),
        Node("Conv", f"{name}/conv2", (f"{name}/relu1",), (width, width), 3),
    ]
    shortcut = source
    if stride != 1 or channels[0] != width:
        shortcut = f"{name}/shortcut"
        nodes.append(Node("Conv", shortcut, (source,), channels, 1, stride))
    return nodes + [
        Node("Add", f"{name}/sum", (f"{name}/conv2", shortcut)),
        Node("Relu", name, (f"{name}/sum",)),
    ]


def nodes(waist: int) -> list[Node]:
    """The graph from `image` to `logits`. `waist` is the number of channels of the narrow 7x7
    tensor after the first stage, which is small enough to be sent over a narrowband link."""
    return [
        Node("Conv", "stem/conv", ("image",), (1, 32), 3, 2),
        Node("Relu", "stem", ("stem/conv",)),
        *residual("stage1", "stem", (32, 32)),
        Node("Conv", "waist/conv", ("stage1",), (32, waist), 3, 2),
        Node("Relu", "waist", ("waist/conv",)),
        *residual("stage2/block1", "waist", (waist, 64)),
        *residual("stage2", "stage2/block1", (64, 64)),
        *residual("stage3", "stage2", (64, 96), 2),
        Node("GlobalAveragePool", "pooled", ("stage3",)),
        Node("Flatten", "features", ("pooled",)),
        Node("Gemm", "logits", ("features",), (96, CLASSES)),
    ]


def evaluate(graph: list[Node], image: torch.Tensor, weighted) -> torch.Tensor:
    """The last node's output. `weighted(node, x)` performs the nodes that have weights."""
    values = {"image": image}
    for node in graph:
        inputs = [values[name] for name in node.inputs]
        if node.op in ("Conv", "Gemm"):
            values[node.output] = weighted(node, inputs[0])
        elif node.op == "Relu":
            values[node.output] = functional.relu(inputs[0])
        elif node.op == "Add":
            values[node.output] = inputs[0] + inputs[1]
        elif node.op == "GlobalAveragePool":
            values[node.output] = inputs[0].mean((2, 3), keepdim=True)
        elif node.op == "Flatten":
            values[node.output] = inputs[0].flatten(1)
    return values[graph[-1].output]


class Trainable(nn.Module):
    """The graph with a batch normalisation after every convolution, for training."""

    def __init__(self, graph: list[Node]):
        super().__init__()
        self.graph = graph
        self.weighted = nn.ModuleDict()
        for node in graph:
            if node.op == "Conv":
                convolution = nn.Conv2d(
                    *node.channels, node.kernel, node.stride, node.kernel // 2, bias=False
                )
                nn.init.kaiming_normal_(convolution.weight, nonlinearity="relu")
                self.weighted[node.output] = nn.Sequential(
                    convolution, nn.BatchNorm2d(node.channels[1])
                )
            elif node.op == "Gemm":
                self.weighted[node.output] = nn.Linear(*node.channels)

    def forward(self, image: torch.Tensor) -> torch.Tensor:
        return evaluate(self.graph, image, lambda node, x: self.weighted[node.output](x))

    def folded(self) -> dict[str, tuple[torch.Tensor, torch.Tensor]]:
        """Weight and bias of each Conv and Gemm, the normalisation's running statistics folded in."""
        result = {}
        for name, module in self.weighted.items():
            if isinstance(module, nn.Linear):
                result[name] = (module.weight.detach(), module.bias.detach())
                continue
            convolution, norm = module
            factor = norm.weight.double() / torch.sqrt(norm.running_var.double() + norm.eps)
            weight = convolution.weight.double() * factor.view(-1, 1, 1, 1)
            bias = norm.bias.double() - norm.running_mean.double() * factor
            result[name] = (weight.detach().float(), bias.detach().float())
        return result


def infer(graph: list[Node], parameters: dict, image: torch.Tensor) -> torch.Tensor:
    """Logits of the exported network: the same graph on folded parameters."""

    def weighted(node: Node, x: torch.Tensor) -> torch.Tensor:
        weight, bias = parameters[node.output]
        if node.op == "Gemm":
            return functional.linear(x, weight, bias)
        return functional.conv2d(x, weight, bias, node.stride, node.kernel // 2)

    return evaluate(graph, image, weighted)
