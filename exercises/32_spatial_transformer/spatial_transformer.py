"""Topic 32: the spatial transformer layer.

Fill in the functions and the class. Until you do, they raise NotImplementedError and count as "not started".

Conventions of the course: a tensor is float32 or float64, and the result has the same dtype and the same device as the
input. No function changes its arguments, and results that are tensors carry gradients back to their inputs. Images are
laid out (N, C, H, W).

Places in an image are pairs (x, y): x goes from -1 at the left edge to 1 at the right edge, y from -1 at the upper edge
to 1 at the lower edge. The edges are those of the outermost pixels: the middle of column j of W is at
x = (2 * j + 1) / W - 1, the middle of row i of H at y = (2 * i + 1) / H - 1. (torch calls this align_corners=False.)

From scratch: in affine_grid and grid_sample torch's own F.affine_grid, F.grid_sample, F.interpolate and their relatives
are what you are building, so none of them may be used there.
"""

from __future__ import annotations

import math

import torch
import torch.nn.functional as F
from torch import Generator, Tensor, nn


def affine_grid(theta: Tensor, H: int, W: int) -> Tensor:
    """For each pixel of a result of H x W pixels, the place it is fetched from.

        grid[n, i, j] = theta[n] @ (x_j, y_i, 1)    with x_j = (2 * j + 1) / W - 1 and y_i = (2 * i + 1) / H - 1

    theta  (N, 2, 3), N >= 0: one affine map for each image; the first row gives x, the second one y
    H, W   >= 1

    Returns a tensor of shape (N, H, W, 2), the last dimension is (x, y). No Python loop over images or pixels.

    >>> affine_grid(torch.tensor([[[2.0, 0.0, 0.5], [1.0, 1.0, 0.0]]]), 1, 2)
    tensor([[[[-0.5000, -0.5000],
              [ 1.5000,  0.5000]]]])
    """
    raise NotImplementedError


def grid_sample(x: Tensor, grid: Tensor) -> Tensor:
    """The brightness of the images at any places, bilinear between pixels, zero outside.

    A place (gx, gy) lies in column u = ((gx + 1) * W - 1) / 2 and row v = ((gy + 1) * H - 1) / 2. With l = floor(u) and
    t = floor(v) it has the four neighbours (t, l), (t, l + 1), (t + 1, l), (t + 1, l + 1), and

        result = (t + 1 - v) * ((l + 1 - u) * x[t, l]     + (u - l) * x[t, l + 1])
               + (v - t)     * ((l + 1 - u) * x[t + 1, l] + (u - l) * x[t + 1, l + 1])

    for each channel, where every pixel that the image does not have counts as 0.

    x     (N, C, H, W), N >= 0, C >= 1, H >= 1, W >= 1
    grid  (N, H', W', 2), its last dimension (gx, gy): any finite numbers up to 1e6 in size

    Returns a tensor of shape (N, C, H', W'). Gradients flow to x and, through the four weights, to the grid; floor has
    the derivative 0. No Python loop over images, channels or pixels.

    >>> x = torch.tensor([[[[1.0, 2.0], [3.0, 4.0]]]])
    >>> grid_sample(x, torch.tensor([[[[0.0, 0.0], [0.25, -0.5], [1.0, -0.5]]]]))
    tensor([[[[2.5000, 1.7500, 1.0000]]]])
    """
    raise NotImplementedError


def rotation(a: float) -> Tensor:
    """The map (x, y) -> (x cos a - y sin a, x sin a + y cos a) as a tensor (2, 3), float32. a is in radians.

    >>> rotation(0.0)
    tensor([[1., -0., 0.],
            [0., 1., 0.]])
    """
    raise NotImplementedError


def scale(s: float) -> Tensor:
    """The map (x, y) -> (s x, s y) as a tensor (2, 3), float32.

    >>> scale(2.0)
    tensor([[2., 0., 0.],
            [0., 2., 0.]])
    """
    raise NotImplementedError


def translation(tx: float, ty: float) -> Tensor:
    """The map (x, y) -> (x + tx, y + ty) as a tensor (2, 3), float32.

    >>> translation(0.5, -1.0)
    tensor([[ 1.0000,  0.0000,  0.5000],
            [ 0.0000,  1.0000, -1.0000]])
    """
    raise NotImplementedError


def compose(A: Tensor, B: Tensor) -> Tensor:
    """The map p -> A(B(p)): B comes first, then A. All three are tensors (2, 3) of the same dtype.

    >>> compose(translation(1.0, 0.0), scale(2.0))
    tensor([[2., 0., 1.],
            [0., 2., 0.]])
    """
    raise NotImplementedError


class STN(nn.Module):
    """A layer that looks at an image, decides on an affine map, and fetches a new image by it: (N, 1, size_in, size_in)
    to (N, 1, size_out, size_out), N >= 0.

    size_in   height and width of the images that come in, >= 4
    size_out  height and width of the images that come out, another number or the same

    The map is that of a small network of your own, the localisation: at least one hidden layer with a bend, and at the
    end a fully connected layer to six numbers. Whatever the weights in front of it are, this last layer starts with
    weights 0 and with the bias (1, 0, 0, 0, 1, 0), so that the layer starts with the identity. All six numbers can take
    any value, and all of them learn from the first step on. No norms over the batch, no dropout.

    >>> layer = STN(4, 2)
    >>> layer(torch.arange(16.0).view(1, 1, 4, 4)).tolist()
    [[[[2.5, 4.5], [10.5, 12.5]]]]
    """

    def __init__(self, size_in: int, size_out: int) -> None:
        raise NotImplementedError

    def theta(self, x: Tensor) -> Tensor:
        """The affine map of each image of x (N, 1, size_in, size_in): (N, 2, 3)."""
        raise NotImplementedError

    def forward(self, x: Tensor) -> Tensor:
        """grid_sample(x, affine_grid(theta(x), size_out, size_out)) for x (N, 1, size_in, size_in)."""
        raise NotImplementedError


def train_stn(X: Tensor, y: Tensor, use_stn: bool, generator: Generator) -> nn.Module:
    """Train the simplest of all classifiers on images that are turned and moved, with an STN in front of it or without.

    X        (n, 1, 14, 14) float32, n >= 1: digits, each turned by up to 0.6 radians and moved by up to 2 pixels
    y        (n,) int64, the digits 0..9
    use_stn  False: a single fully connected layer from the 196 pixels to ten logits, nothing else.
             True: your STN(14, 14) in front of this layer, and both learn together.

    Returns the trained nn.Module from images (N, 1, 14, 14) to logits (N, 10), in evaluation mode. Optimiser, batches
    and epochs are your choice, the same for both. All randomness comes from `generator`, the first weights as well: the
    same state gives the same network, whatever the state of torch's global generator.

    With n = 700 it may take 10 seconds of CPU time (the solution needs less than one).

    >>> train_stn(torch.rand(6, 1, 14, 14), torch.arange(6), True, torch.Generator())(torch.zeros(2, 1, 14, 14)).shape
    torch.Size([2, 10])
    """
    raise NotImplementedError
