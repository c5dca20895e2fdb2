"""From drawers to batches: a dataset, a loader, normalisation, and two ways to see the same picture anew.

Pictures are (C, H, W), batches of them (N, C, H, W). Everything random comes from `generator`, and from nothing else;
None is PyTorch's global generator. No function changes its input.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor


class ArrayDataset:
    """Samples by number, from a tensor of inputs and a tensor of labels.

    X          (n, ...), any dtype
    y          (n,), any dtype; another length than X: ValueError
    transform  None, or a function of one x that returns what stands in its place

    ds[i] is the pair (x, label): x = X[i], after the transform if there is one, and label = y[i], a 0-d tensor. i runs
    from 0 to n - 1, or from -n to -1, counted from the end; any other i raises IndexError, so that `for x, label in ds`
    comes to an end. Both are copies: what somebody writes into them, the transform included, never shows in X or y.
    len(ds) is n.

    >>> ds = ArrayDataset(torch.tensor([[1.0, 2.0], [3.0, 4.0]]), torch.tensor([0, 1]), transform=lambda x: 10 * x)
    >>> ds[-1]
    (tensor([30., 40.]), tensor(1))
    >>> len(ds)
    2
    """

    def __init__(self, X: Tensor, y: Tensor, transform: Any = None) -> None:
        raise NotImplementedError

    def __len__(self) -> int:
        raise NotImplementedError

    def __getitem__(self, i: int) -> tuple[Any, Tensor]:
        raise NotImplementedError


class Loader:
    """Batches of a dataset; torch.utils.data is not used.

    ds          anything with len(ds) and ds[i] for i = 0 ... len(ds) - 1
    batch_size  int >= 1, else ValueError
    shuffle     False: in the order of ds. True: every `for` over the loader begins with a new random order, in which
                each permutation is equally likely
    drop_last   True: leave the last batch out if it has less than batch_size samples
    generator   where the orders are drawn from; without shuffle nothing is drawn
    collate     None, or a function from a list of samples to the batch

    `for batch in loader` can be done as often as you like, also two of them at the same time, and gives every sample
    once. Samples are fetched when their batch is asked for, not earlier. len(loader) is the number of batches. An empty
    dataset gives none.

    Without `collate`, a batch of samples that are tuples is a tuple with one entry per field; a batch of other samples
    is one such entry. An entry is made of all values of the field: tensors are stacked along a new first dimension,
    ints become an int64 tensor, floats a tensor of PyTorch's default dtype.

    >>> for x, label in Loader([(torch.tensor([0.5]), 3), (torch.tensor([1.5]), 7), (torch.tensor([2.5]), 1)], 2):
    ...     print(x.tolist(), label)
    [[0.5], [1.5]] tensor([3, 7])
    [[2.5]] tensor([1])
    >>> len(Loader(range(7), 3)), len(Loader(range(7), 3, drop_last=True))
    (3, 2)
    """

    def __init__(  # as many settings as torch's own
        self,
        ds: Any,
        batch_size: int,
        shuffle: bool = False,
        drop_last: bool = False,
        generator: torch.Generator | None = None,
        collate: Any = None,
    ) -> None:
        raise NotImplementedError

    def __len__(self) -> int:
        raise NotImplementedError

    def __iter__(self) -> Any:
        raise NotImplementedError


class Normalize:
    """Channel by channel: (img - mean) / std, and back.

    mean, std  (C,), float32 or float64. A std of 0 (a channel that never changes) counts as 1.

    Called with one picture (C, H, W) or a batch (N, C, H, W), N = 0 included. uint8 is turned into float32 first and
    divided by 255; mean and std are meant for the result of that. float32 and float64 keep their dtype.

    >>> light = Normalize(torch.tensor([5.0]), torch.tensor([2.0]))
    >>> light(torch.tensor([[[3.0, 3.0, 7.0]]]))
    tensor([[[-1., -1.,  1.]]])
    >>> light.denormalize(torch.tensor([[[-1.0, 0.0]]]))
    tensor([[[3., 5.]]])
    """

    def __init__(self, mean: Tensor, std: Tensor) -> None:
        raise NotImplementedError

    def __call__(self, img: Tensor) -> Tensor:
        raise NotImplementedError

    def denormalize(self, img: Tensor) -> Tensor:
        """The way back, for floats: light.denormalize(light(x)) is x, up to rounding. The dtype of img stays."""
        raise NotImplementedError


def fit_channel_stats(ds: Any) -> tuple[Tensor, Tensor]:
    """Mean and standard deviation of every channel, over all pixels of all pictures together.

    ds  len(ds) >= 1 samples ds[i] = (picture, label), the pictures (C, H, W) with the same C; H and W may differ from
        picture to picture. No samples: ValueError. uint8 pictures are divided by 255 first, as in Normalize.

    Returns mean (C,) and std (C,), the root of the mean squared distance from the mean (divide by the number of pixels,
    not by one less). Of float64 pictures they are float64, of others float32. A large mean must not spoil the std: add
    up in float64.

    >>> mean, std = fit_channel_stats([(torch.tensor([[[7.0]]]), 0), (torch.tensor([[[3.0, 3.0, 7.0]]]), 1)])
    >>> mean, std
    (tensor([5.]), tensor([2.]))
    """
    raise NotImplementedError


def random_hflip(x: Tensor, p: float, generator: torch.Generator | None = None) -> Tensor:
    """Each picture as in a mirror, left and right exchanged, with probability p; else as it is.

    x  (N, C, H, W), any dtype, N = 0 included
    p  0 <= p <= 1, else ValueError. With 0 no picture is flipped, with 1 every one.

    Every picture of the batch is decided on its own, and all its channels go together. Returns a new tensor of the same
    shape and dtype that shares no memory with x, also where nothing is flipped.

    >>> random_hflip(torch.tensor([[[[1, 2, 3], [4, 5, 6]]]]), p=1.0)
    tensor([[[[3, 2, 1],
              [6, 5, 4]]]])
    """
    raise NotImplementedError


def random_shift(x: Tensor, max_shift: int, generator: torch.Generator | None = None, fill: float = 0.0) -> Tensor:
    """Each picture moved by whole pixels, down or up and left or right.

    x          (N, C, H, W), any dtype, N = 0 included
    max_shift  int m >= 0, else ValueError; it may be larger than the picture
    fill       what comes in at the edges; what leaves the picture is lost

    Every picture draws two numbers of its own, for the two directions, each uniformly from the 2m + 1 whole numbers
    from -m to m; all its channels go together. Returns a new tensor of the same shape and dtype that shares no memory
    with x.

    >>> random_shift(torch.tensor([[[[1, 2], [3, 4]]]]), 0)
    tensor([[[[1, 2],
              [3, 4]]]])
    """
    raise NotImplementedError


def augment_digits(x: Tensor, generator: torch.Generator | None = None) -> Tensor:
    """A random change that turns a training picture of a digit into another one of the same digit.

    x  (N, 1, 8, 8), float: scans of handwritten digits, upright. The pictures that the network will meet later stand up
       to one pixel off, in any direction.

    Returns a new tensor of the same shape and dtype. Which change is the right one? Use your functions above.

    >>> augment_digits(torch.ones(5, 1, 8, 8)).shape
    torch.Size([5, 1, 8, 8])
    """
    raise NotImplementedError
