"""Fashion-MNIST as tensors, read from the gzipped IDX files of Debian's dataset-fashion-mnist."""

import gzip
import pathlib

import numpy
import torch

MEAN, SCALE = 73.0, 90.0
"""Normalisation of 0..255 pixels, x -> (x - MEAN) / SCALE: the training set's mean and
deviation (72.9 and 90.0) rounded, so that a scenario file can state them exactly."""

VALIDATION = 5000
"""How many of the last training images are held out; every choice is made on them."""


def read_idx(path: pathlib.Path) -> numpy.ndarray:
    """The array of bytes in a gzipped IDX file, in the shape its header states."""
    with gzip.open(path, "rb") as file:
        content = file.read()
    if content[:3] != b"\x00\x00\x08":
        raise SystemExit(f"{path}: not an IDX file of bytes; install dataset-fashion-mnist again")
    rank = content[3]
    shape = numpy.frombuffer(content, ">u4", rank, 4)
    values = numpy.frombuffer(content, numpy.uint8, offset=4 + 4 * rank)
    if values.size != shape.prod():
        raise SystemExit(f"{path}: {values.size} values, but the header says {shape.prod()}")
    return values.reshape(shape)


def load(folder: pathlib.Path, part: str) -> tuple[torch.Tensor, torch.Tensor]:
    """`part` is `train` or `t10k`. Returns normalised images float32 [N,1,28,28] and labels [N]."""
    images = torch.from_numpy(read_idx(folder / f"{part}-images-idx3-ubyte.gz").astype("float32"))
    labels = torch.from_numpy(read_idx(folder / f"{part}-labels-idx1-ubyte.gz").astype("int64"))
    return ((images - MEAN) / SCALE).unsqueeze(1), labels


def augment(images: torch.Tensor, random: torch.Generator) -> torch.Tensor:
    """Mirrors half of the images and shifts each by up to two pixels; black comes in at the edges."""
    count, _, height, width = images.shape
    black = -MEAN / SCALE
    padded = torch.nn.functional.pad(images, (2, 2, 2, 2), value=black)
    top = torch.randint(0, 5, (count, 1, 1), generator=random)
    left = torch.randint(0, 5, (count, 1, 1), generator=random)
    columns = torch.arange(width).repeat(count, 1, 1)
    mirrored = torch.rand(count, 1, 1, generator=random) < 0.5
    columns = torch.where(mirrored, width - 1 - columns, columns) + left
    rows = torch.arange(height).view(1, -1, 1) + top
    return padded[torch.arange(count).view(-1, 1, 1), 0, rows, columns].unsqueeze(1)
