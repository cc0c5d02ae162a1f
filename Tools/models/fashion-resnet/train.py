#!/usr/bin/python3
"""Trains the shipped Fashion-MNIST network and writes it as ONNX.

Needs Debian's python3-torch and dataset-fashion-mnist, nothing else. From the repository root:

    /usr/bin/python3 Tools/models/fashion-resnet/train.py --output Scenarios/models/fashion-resnet.onnx

The last 5,000 training images are never trained on: choices are made on them. The test set is read
once, after the file has been written. Seeded; with the same number of threads on the same machine the
file comes out the same; elsewhere rounding differs, and with it the file and a little of its accuracy.
"""

import argparse
import pathlib
import time

import torch
from torch.nn import functional

import data
import network
import onnx_writer

BATCH = 256
PEAK_RATE = 0.4
WEIGHT_DECAY = 5e-4
LABEL_SMOOTHING = 0.05


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--output", type=pathlib.Path, help="ONNX file to write; none: validate only")
    parser.add_argument("--data", type=pathlib.Path, default="/usr/share/datasets/fashion-mnist")
    parser.add_argument("--epochs", type=int, default=24)
    parser.add_argument("--waist", type=int, default=8, help="channels of the narrow 7x7 tensor")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    return parser.parse_args()


def accuracy(logits_of, images: torch.Tensor, labels: torch.Tensor) -> float:
    """Top-1 in percent."""
    with torch.no_grad():
        predictions = torch.cat([logits_of(part).argmax(1) for part in images.split(1000)])
    return 100 * (predictions == labels).double().mean().item()


def train(model: network.Trainable, images, labels, validation, epochs: int, seed: int) -> None:
    """Nesterov SGD under a one-cycle schedule (Smith 2018), on mirrored and shifted images."""
    random = torch.Generator().manual_seed(seed)
    steps = len(images) // BATCH
    decayed = [p for p in model.parameters() if p.dim() > 1]
    plain = [p for p in model.parameters() if p.dim() <= 1]
    optimizer = torch.optim.SGD(
        [{"params": decayed, "weight_decay": WEIGHT_DECAY}, {"params": plain, "weight_decay": 0}],
        lr=PEAK_RATE, momentum=0.9, nesterov=True,
    )
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, PEAK_RATE, total_steps=epochs * steps, pct_start=0.25, cycle_momentum=False
    )
    started = time.monotonic()
    for epoch in range(epochs):
        model.train()
        total = 0.0
        for chosen in torch.randperm(len(images), generator=random)[: steps * BATCH].split(BATCH):
            batch = data.augment(images[chosen], random).contiguous(memory_format=torch.channels_last)
            loss = functional.cross_entropy(
                model(batch), labels[chosen], label_smoothing=LABEL_SMOOTHING
            )
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            optimizer.step()
            schedule.step()
            total += loss.item()
        model.eval()
        print(
            f"epoch {epoch + 1}/{epochs}  loss {total / steps:.4f}"
            f"  validation {accuracy(model, *validation):.2f} %"
            f"  {time.monotonic() - started:.0f} s",
            flush=True,
        )


def main() -> None:
    options = arguments()
    torch.manual_seed(options.seed)
    torch.set_num_threads(options.threads)
    torch.use_deterministic_algorithms(True)
    images, labels = data.load(options.data, "train")
    training, validation = [
        (images[part], labels[part])
        for part in (slice(None, -data.VALIDATION), slice(-data.VALIDATION, None))
    ]
    graph = network.nodes(options.waist)
    model = network.Trainable(graph).to(memory_format=torch.channels_last)
    train(model, *training, validation, options.epochs, options.seed)
    if options.output is None:
        return
    parameters = model.folded()
    options.output.write_bytes(onnx_writer.write(graph, parameters))

    def exported(part: torch.Tensor) -> torch.Tensor:
        return network.infer(graph, parameters, part)

    print(f"wrote {options.output}: {options.output.stat().st_size} bytes")
    print(f"folded: validation {accuracy(exported, *validation):.2f} %", flush=True)
    print(f"folded: test {accuracy(exported, *data.load(options.data, 't10k')):.2f} %")


if __name__ == "__main__":
    main()
