"""Topic 30: pooling, receptive fields, and what sharing weights buys.

Fill in every function. Until you do, they raise NotImplementedError and count as "not started".

Conventions of the course: a tensor is float32 or float64, and the result has the same dtype and the same device as the
input. No function changes its arguments, and results that are tensors carry gradients back to their inputs. Images are
laid out (N, C, H, W): images, channels, rows, columns.

From scratch: torch's own poolings (max_pool2d, avg_pool2d, the adaptive ones, nn.MaxPool2d, nn.AvgPool2d, ...),
F.interpolate, F.unfold and F.fold are what you are building in the first task, so none of them may be used there.
Everything smaller is fine: slices, F.pad, the method Tensor.unfold, max, amax, maximum, mean, sum.
"""

from __future__ import annotations

# answer
import math

# end answer
from collections.abc import Callable

import torch
import torch.nn.functional as F
from torch import Generator, Tensor, nn

Layers = list[tuple[int, int]]


# answer
def _windows(x: Tensor, k: int, stride: int | None, padding: int, fill: float) -> Tensor:
    """(N, C, H', W', k, k): what each window sees of the padded images."""
    stride = k if stride is None else stride
    if padding > k // 2:
        raise ValueError(f"a padding of {padding} is more than half of the window of {k}")
    padded = F.pad(x, (padding, padding, padding, padding), value=fill)
    if min(padded.shape[2:]) < k:
        raise ValueError(f"a window of {k} x {k} does not fit into {padded.shape[2]} x {padded.shape[3]}")
    return padded.unfold(2, k, stride).unfold(3, k, stride)


# end answer
def max_pool2d(x: Tensor, k: int, stride: int | None = None, padding: int = 0) -> Tensor:
    """The largest number in each window of k x k pixels, channel by channel.

        result[n, c, i, j] = max over 0 <= a, b < k of X[n, c, i * stride + a, j * stride + b]

    where X is x with `padding` rows and columns of -inf added on all four sides: a pixel that is not there never wins.

    x        (N, C, H, W), N >= 0, finite numbers
    k        >= 1
    stride   >= 1, by how many pixels the window moves, in both directions; None: by k, so that no windows overlap
    padding  0 <= padding <= k // 2, so that no window sees only the frame

    Returns a tensor of shape (N, C, H', W') with H' = floor((H + 2 * padding - k) / stride) + 1 and W' alike: what is
    left over on the right and at the bottom is not used. The gradient of each result goes to the pixels that have won,
    in sum exactly once; how equal winners share it is up to you. Raises ValueError if padding > k // 2, or if the
    window is larger than the padded image in either direction.

    No Python loop over images, channels or pixels: how many operations you call may depend on k alone. The same goes
    for avg_pool2d and global_avg_pool.

    >>> x = torch.tensor([[[[1.0, 5.0, 2.0], [4.0, 3.0, 0.0], [-1.0, -2.0, -3.0]]]])
    >>> max_pool2d(x, 2)
    tensor([[[[5.]]]])
    >>> max_pool2d(x, 2, stride=1)
    tensor([[[[5., 5.],
              [4., 3.]]]])
    """
    # answer
    return _windows(x, k, stride, padding, -math.inf).amax((4, 5))
    # end answer


def avg_pool2d(x: Tensor, k: int, stride: int | None = None, padding: int = 0) -> Tensor:
    """The mean of each window of k x k pixels: as max_pool2d, but the frame consists of zeros, and they count. The
    sum of a window is always divided by k * k, at the border, too.

    Everything else (arguments, shape of the result, what raises ValueError) is as in max_pool2d.

    >>> avg_pool2d(torch.tensor([[[[4.0, 8.0], [12.0, 16.0]]]]), 2, padding=1)
    tensor([[[[1., 2.],
              [3., 4.]]]])
    """
    # answer
    return _windows(x, k, stride, padding, 0.0).mean((4, 5))
    # end answer


def global_avg_pool(x: Tensor) -> Tensor:
    """The mean of each channel of each image: (N, C, H, W) to (N, C), for any H >= 1 and W >= 1, N >= 0.

    >>> global_avg_pool(torch.tensor([[[[1.0, 2.0, 6.0]], [[0.0, 0.0, -3.0]]]]))
    tensor([[ 3., -1.]])
    """
    # answer
    return x.mean((2, 3))
    # end answer


def receptive_field(layers: Layers) -> int:
    """How many pixels of the image, along one direction, can influence one number behind these layers.

    layers  one pair (k, s) for each convolution or pooling, the first layer first: the size k of its window and its
            stride s, both >= 1. It may be empty: then a pixel is looked at directly.

    Returns the distance from the first to the last pixel, both included, as a Python int; with strides larger than the
    windows pixels in between may be left out, and still count.

    >>> receptive_field([(3, 1), (3, 1)]), receptive_field([(3, 2), (3, 1)]), receptive_field([])
    (5, 7, 1)
    """
    # answer
    field, jump = 1, 1
    for k, stride in layers:
        field += (k - 1) * jump
        jump *= stride
    return field
    # end answer


def empirical_rf(model: nn.Module, H: int) -> tuple[int, int]:
    """The receptive field of a network, measured: the box of pixels to which one output pixel sends a gradient.

    Give the model one image of ones, of shape (1, 1, H, H) and of the dtype of its parameters (float32 if it has none).
    It answers with a tensor of shape (1, C', H', W'). Take the output pixel (H' // 2, W' // 2), summed over all
    channels, and the gradient of this sum with respect to the image.

    Returns (rows, columns), two Python ints: the size of the smallest upright box that holds every pixel whose gradient
    is not 0. Zeros inside the box do not matter (a dilated kernel leaves some out). (0, 0) if the gradient is 0
    everywhere. Where the box would reach beyond the image, it ends there.

    The model stays as it is: its parameters get no .grad, and whether they require one does not change.

    >>> empirical_rf(nn.Conv2d(1, 1, 3, dilation=2), 9)
    (5, 5)
    """
    # answer
    parameter = next(model.parameters(), torch.ones(()))
    image = torch.ones(1, 1, H, H, dtype=parameter.dtype, device=parameter.device, requires_grad=True)
    out = model(image)
    pixel = out[0, :, out.shape[2] // 2, out.shape[3] // 2].sum()
    (slope,) = torch.autograd.grad(pixel, image)
    rows, columns = slope[0, 0].nonzero(as_tuple=True)
    if not len(rows):
        return 0, 0
    return int(rows.max() - rows.min()) + 1, int(columns.max() - columns.min()) + 1
    # end answer


def conv1d_matrix(k: Tensor, n: int) -> Tensor:
    """The matrix M for which M @ x is the convolution of x with k, for every vector x of n numbers.

        M[i, j] = k[j - i] if 0 <= j - i < K, else 0

    k  (K,), K >= 1; as in all of deep learning it is not turned round: (M @ x)[i] = sum over a of x[i + a] * k[a]
    n  the length of x

    Returns a tensor of shape (n - K + 1, n) that carries gradients back to k. Raises ValueError if K > n. Loops are
    fine.

    >>> conv1d_matrix(torch.tensor([1.0, 2.0]), 4)
    tensor([[1., 2., 0., 0.],
            [0., 1., 2., 0.],
            [0., 0., 1., 2.]])
    """
    # answer
    size = len(k)
    if size > n:
        raise ValueError(f"a kernel of {size} is longer than {n}")
    rows = [torch.cat([k.new_zeros(i), k, k.new_zeros(n - size - i)]) for i in range(n - size + 1)]
    return torch.stack(rows)
    # end answer


def param_ratio(K: int, n: int) -> float:
    """How many times more weights than the convolution a fully connected layer has that also turns n numbers into
    n - K + 1. Biases do not count. A Python float.

    >>> param_ratio(2, 4)
    6.0
    """
    # answer
    return n * (n - K + 1) / K
    # end answer


def shift_error(f: Callable[[Tensor], Tensor], x: Tensor, shift: tuple[int, int]) -> float:
    """How far f is from being equivariant: whether it makes a difference to shift before f or after it.

        max over all elements of | f(S x) - S f(x) |

    where S moves an image by shift = (down, right) pixels, any integers, and what leaves it on one side comes back in
    on the other: (S x)[..., i, j] = x[..., (i - down) mod H, (j - right) mod W].

    f  takes an image (1, 1, H, W) and returns one of the same height and width, with any number of channels
    x  (1, 1, H, W)

    Returns a Python float, 0.0 for a perfectly equivariant f.

    >>> x = torch.tensor([[[[1.0, 2.0, 4.0]]]])
    >>> shift_error(lambda x: 10 * x, x, (0, 1)), shift_error(lambda x: x.sort().values, x, (0, 1))
    (0.0, 3.0)
    """
    # answer
    moved = torch.roll(x, shift, (2, 3))
    return (f(moved) - torch.roll(f(x), shift, (2, 3))).detach().abs().max().item()
    # end answer


def train_shifted(X: Tensor, y: Tensor, generator: Generator) -> nn.Module:
    """Train a network that reads digits wherever they stand. Everything about it is yours to choose.

    X  (n, 1, 12, 12) float32: digits of 8 x 8 with values from 0 to 1 on an empty canvas. Here they stand in the upper
       left part only: their first row and their first column are 0, 1 or 2. Later they will stand anywhere (0 to 4).
    y  (n,) int64, the digits 0..9; n >= 2

    Returns a torch.nn.Module that turns images (N, 1, 12, 12), N >= 0, into logits (N, 10), float32. Called again, it
    gives the same logits for the same images, whatever stands beside them in the batch. All randomness comes from
    `generator`: the same state gives the same network, whatever the state of torch's global generator.

    With n = 1437 it may take 10 seconds of CPU time (the solution needs less than one), and it should read at least
    82 percent of 360 new digits at any place. A fully connected network reads less than half of them.
    """
    # answer
    model = nn.Sequential(_Convolution(1, 12, 3, 2, generator), nn.MaxPool2d(2), _Convolution(12, 32, 4, 3, generator),
                          nn.AdaptiveMaxPool2d(1), nn.Flatten(), nn.Linear(32, 10))  # fmt: skip
    nn.init.kaiming_uniform_(model[-1].weight, a=5**0.5, generator=generator)
    nn.init.zeros_(model[-1].bias)
    epochs, batch = 5, 64
    steps = epochs * math.ceil(len(X) / batch)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.015)
    schedule = torch.optim.lr_scheduler.LinearLR(optimizer, 1.0, 0.0, steps)
    for _ in range(epochs):
        for rows in torch.randperm(len(X), generator=generator).split(batch):
            optimizer.zero_grad()  # public
            F.cross_entropy(model(X[rows]), y[rows]).backward()
            optimizer.step()  # public
            schedule.step()
    return model.eval()
    # end answer


# answer
class _Convolution(nn.Module):
    """A convolution with ReLU whose weights come from a generator, and whose windows go beyond the border."""

    def __init__(self, inputs: int, outputs: int, k: int, padding: int, generator: Generator) -> None:
        super().__init__()
        self.layer = nn.Conv2d(inputs, outputs, k, padding=padding)
        nn.init.kaiming_uniform_(self.layer.weight, a=5**0.5, generator=generator)
        nn.init.zeros_(self.layer.bias)

    def forward(self, x: Tensor) -> Tensor:
        return F.relu(self.layer(x))


# end answer
