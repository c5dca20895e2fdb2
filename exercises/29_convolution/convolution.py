"""Topic 29: convolution. The sliding window, the layer with its channels, its gradients, and a network made of it.

Fill in every function and the class. Until you do, they raise NotImplementedError and count as "not started".

Conventions of the course: a tensor is float32 or float64, and the result has the same dtype and the same device as the
input. No function changes its arguments, and results carry gradients back to their inputs unless a docstring says
otherwise. Images are laid out (N, C, H, W): images, channels, rows, columns. In the shapes below O is the number of
output channels, h and w are the rows and columns of a kernel, H' and W' those of the result.

From scratch: torch's own convolutions (conv1d, conv2d, conv_transpose2d, nn.Conv2d, torch.nn.grad, ...) and the
functions F.unfold and F.fold are what you are building, so none of them may be used. Everything smaller is fine:
slices, F.pad, the method Tensor.unfold, @, einsum, sum.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Generator, Tensor, nn


def corr2d(x: Tensor, k: Tensor) -> Tensor:
    """Slide the window k over the image x and take the sum of products at each place where it fits.

        result[i, j] = sum over a, b of x[i + a, j + b] * k[a, b]

    The kernel is not turned round: this is the cross-correlation, which deep learning calls convolution.

    x  (H, W), one image with one channel
    k  (h, w), h >= 1 and w >= 1

    Returns a tensor of shape (H - h + 1, W - w + 1). Raises ValueError if the kernel is larger than the image in
    either direction. Python loops are welcome here.

    >>> x = torch.tensor([[1.0, 2.0, 0.0], [0.0, 1.0, 3.0], [2.0, 0.0, 1.0]])
    >>> corr2d(x, torch.tensor([[1.0, 0.0], [2.0, -1.0]]))
    tensor([[0., 1.],
            [4., 0.]])
    """
    raise NotImplementedError


def conv2d(x: Tensor, w: Tensor, b: Tensor | None = None, stride: int = 1, padding: int = 0) -> Tensor:
    """A convolution layer: O kernels, each of which looks at all C channels at once.

        result[n, o, i, j] = b[o] + sum over c, p, q of X[n, c, i * stride + p, j * stride + q] * w[o, c, p, q]

    where X is x with `padding` rows and columns of zeros added on all four sides. The kernel is not turned round.

    x        (N, C, H, W), N >= 0
    w        (O, C, h, w), h >= 1 and w >= 1
    b        (O,) or None: no bias
    stride   >= 1, by how many pixels the window moves, in both directions
    padding  >= 0

    Returns a tensor of shape (N, O, H', W') with H' = floor((H + 2 * padding - h) / stride) + 1 and W' alike: rows and
    columns that are left over on the right and at the bottom are not used. N = 0 gives a result without images. Raises
    ValueError if w has another number of channels than x (also if it has only one), or if the kernel is larger than
    the padded image in either direction.

    No Python loop over images, channels or pixels: how many operations you call may depend on h and w alone.

    >>> x = torch.tensor([[[[1.0, 2.0], [3.0, 4.0]], [[2.0, 1.0], [1.0, 0.0]]]])
    >>> w = torch.tensor([[[[1.0, 2.0], [3.0, 4.0]], [[1.0, 1.0], [0.0, -2.0]]]])
    >>> conv2d(x, w, torch.tensor([0.5]), stride=2, padding=1)
    tensor([[[[0.5000, 6.5000],
              [7.5000, 4.5000]]]])
    """
    raise NotImplementedError


def conv2d_backward(
    dy: Tensor, x: Tensor, w: Tensor, stride: int = 1, padding: int = 0
) -> tuple[Tensor, Tensor, Tensor]:
    """The gradients of a loss with respect to the input, the kernels and the bias of y = conv2d(x, w, b, ...).

    dy       (N, O, H', W'), the gradient of the loss with respect to y
    x, w     as they went into conv2d: (N, C, H, W) and (O, C, h, w)
    stride, padding  as in conv2d

    Returns (dx, dw, db) with the shapes of x, w and b: (N, C, H, W), (O, C, h, w), (O,). Pixels that no window has
    touched have the gradient 0. With N = 0, dx has no images and dw and db are zero.

    By hand: no autograd. It must work inside torch.no_grad(), where nothing records a graph, and must not switch
    recording on again. The results need not carry gradients themselves. Loops over the h x w places of the kernel are
    fine.

    >>> x, w = torch.tensor([[[[1.0, 2.0, 3.0]]]]), torch.tensor([[[[2.0, -1.0]]]])
    >>> dx, dw, db = conv2d_backward(torch.tensor([[[[1.0, 10.0]]]]), x, w)
    >>> dx.flatten().tolist(), dw.flatten().tolist(), db.tolist()
    ([2.0, 19.0, -10.0], [21.0, 32.0], [11.0])
    """
    raise NotImplementedError


def conv_out(n: int, k: int, s: int, p: int, d: int = 1) -> int:
    """How many places there are for a window along one direction, a Python int.

    n  size of the image, k  size of the kernel, s  stride, p  padding on each side, d  dilation: neighbouring weights
    of the kernel look at pixels that lie d apart, so the window spans d * (k - 1) + 1 pixels. n, k, s, d >= 1; p >= 0.

    Raises ValueError if the window is wider than the padded image.

    >>> conv_out(8, 3, 1, 1), conv_out(8, 3, 2, 1), conv_out(10, 3, 1, 0, d=2)
    (8, 4, 6)
    """
    raise NotImplementedError


def conv_params(C: int, O: int, k: int, bias: bool) -> int:  # noqa: E741  # as in the formulas
    """How many numbers a layer with O kernels of k x k over C channels learns, a Python int.

    >>> conv_params(3, 16, 5, True), conv_params(3, 16, 5, False)
    (1216, 1200)
    """
    raise NotImplementedError


def conv1x1(x: Tensor, w: Tensor) -> Tensor:
    """The convolution with kernels of 1 x 1, without bias, as one matrix multiplication.

        result[n, o, i, j] = sum over c of w[o, c] * x[n, c, i, j]

    x  (N, C, H, W), in any memory layout, N >= 0
    w  (O, C)

    Returns a tensor of shape (N, O, H, W). No Python loop, and no tensor on the way that holds more numbers than x or
    the result does, whichever is larger: a product of shape (N, O, C, H, W) that is summed afterwards is too large.

    >>> x = torch.tensor([[[[1.0, 2.0]], [[10.0, 20.0]]]])
    >>> conv1x1(x, torch.tensor([[1.0, 1.0], [0.0, -1.0]]))
    tensor([[[[ 11.,  22.]],
    <BLANKLINE>
             [[-10., -20.]]]])
    """
    raise NotImplementedError


def learn_edge_kernel(X: Tensor, Y: Tensor, steps: int, generator: Generator, lr: float = 0.3) -> Tensor:
    """Find the kernel k of shape (1, 2) for which corr2d(X, k) is Y, by gradient descent.

    The start is random, standard normal numbers from `generator`, the only source of randomness. Then each of the
    `steps` steps is

        L = mean over all numbers of Y of (corr2d(X, k) - Y)^2 ,    k <- k - lr * dL/dk

    X      (H, W) with W >= 2, for example (6, 8)
    Y      (H, W - 1), for example (6, 7)
    steps  >= 0; with 0 steps the start comes back

    Returns k after the last step, of shape (1, 2) and X's dtype, without a graph.

    >>> X = torch.tensor([[1.0, 1.0, 0.0, 0.0, 1.0], [1.0, 0.0, 0.0, 1.0, 1.0]])
    >>> k = learn_edge_kernel(X, corr2d(X, torch.tensor([[1.0, -1.0]])), 200, torch.Generator().manual_seed(0))
    >>> k.round(decimals=3)
    tensor([[ 1., -1.]])
    """
    raise NotImplementedError


class ScratchLeNet(nn.Module):
    """A small LeNet for images of 8 x 8, built on conv2d. It holds exactly six parameters, float32 at the start:

        w1 (8, 1, 3, 3), b1 (8,)    w2 (16, 8, 3, 3), b2 (16,)    w3 (10, 64), b3 (10,)

    The biases start at 0. The weights are drawn from `generator` and from nothing else, independently, with mean 0 and
    standard deviation sqrt(2 / inputs), where `inputs` is the number of inputs that one output sees: 9, 72 and 64.
    Normal or uniform, as you like.

    >>> model = ScratchLeNet(torch.Generator().manual_seed(0))
    >>> model(torch.zeros(3, 1, 8, 8)).shape
    torch.Size([3, 10])
    """

    def __init__(self, generator: Generator) -> None:
        raise NotImplementedError

    def forward(self, x: Tensor) -> Tensor:
        """Images (N, 1, 8, 8) to logits (N, 10), N >= 0.

        conv2d with w1, b1, padding 1 -> ReLU -> 2 x 2 max pooling, stride 2 -> the same with w2, b2 ->
        flatten to (N, 64) -> h @ w3^T + b3. No softmax at the end. F.max_pool2d is allowed here.
        """
        raise NotImplementedError
