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
    # answer
    h, w = k.shape
    rows, columns = x.shape[0] - h + 1, x.shape[1] - w + 1
    if rows < 1 or columns < 1:
        raise ValueError(f"a kernel of {h} x {w} does not fit into an image of {x.shape[0]} x {x.shape[1]}")
    places = [(a, b) for a in range(h) for b in range(w)]
    return torch.stack([k[a, b] * x[a : a + rows, b : b + columns] for a, b in places]).sum(0)
    # end answer


# answer
def _windows(x: Tensor, h: int, w: int, stride: int, padding: int) -> Tensor:
    """(N, C, H', W', h, w): at each place of the window the numbers it sees, as a view of the padded images."""
    padded = F.pad(x, (padding, padding, padding, padding))
    if padded.shape[2] < h or padded.shape[3] < w:
        raise ValueError(f"a kernel of {h} x {w} does not fit into {padded.shape[2]} x {padded.shape[3]}")
    return padded.unfold(2, h, stride).unfold(3, w, stride)


# end answer
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
    # answer
    if x.shape[1] != w.shape[1]:
        raise ValueError(f"x has {x.shape[1]} channels, the kernels have {w.shape[1]}")
    windows = _windows(x, w.shape[2], w.shape[3], stride, padding)
    result = torch.einsum("nchwij,ocij->nohw", windows, w)
    return result if b is None else result + b[:, None, None]
    # end answer


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
    # answer
    height, width = x.shape[2:]
    h, v = w.shape[2:]
    rows, columns = dy.shape[2:]
    dw = torch.einsum("nohw,nchwij->ocij", dy, _windows(x, h, v, stride, padding))
    wide = x.new_zeros(x.shape[0], x.shape[1], height + 2 * padding, width + 2 * padding)
    for p in range(h):
        for q in range(v):
            seen = wide[:, :, p : p + stride * rows : stride, q : q + stride * columns : stride]
            seen += torch.einsum("nohw,oc->nchw", dy, w[:, :, p, q])
    return wide[:, :, padding : padding + height, padding : padding + width], dw, dy.sum((0, 2, 3))
    # end answer


def conv_out(n: int, k: int, s: int, p: int, d: int = 1) -> int:
    """How many places there are for a window along one direction, a Python int.

    n  size of the image, k  size of the kernel, s  stride, p  padding on each side, d  dilation: neighbouring weights
    of the kernel look at pixels that lie d apart, so the window spans d * (k - 1) + 1 pixels. n, k, s, d >= 1; p >= 0.

    Raises ValueError if the window is wider than the padded image.

    >>> conv_out(8, 3, 1, 1), conv_out(8, 3, 2, 1), conv_out(10, 3, 1, 0, d=2)
    (8, 4, 6)
    """
    # answer
    room = n + 2 * p - d * (k - 1) - 1
    if room < 0:
        raise ValueError("the window is wider than the padded image")
    return room // s + 1
    # end answer


def conv_params(C: int, O: int, k: int, bias: bool) -> int:  # noqa: E741  # as in the formulas
    """How many numbers a layer with O kernels of k x k over C channels learns, a Python int.

    >>> conv_params(3, 16, 5, True), conv_params(3, 16, 5, False)
    (1216, 1200)
    """
    # answer
    return O * (C * k * k + bool(bias))
    # end answer


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
    # answer
    n, _, height, width = x.shape
    pixels = x.movedim(1, 3).reshape(-1, x.shape[1])
    return (pixels @ w.T).reshape(n, height, width, w.shape[0]).movedim(3, 1)
    # end answer


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
    # answer
    k = torch.randn(1, 2, generator=generator, dtype=X.dtype)
    for _ in range(steps):
        error = corr2d(X, k) - Y
        k = k - lr * 2 / Y.numel() * corr2d(X, error)
    return k.detach()
    # end answer


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
        # answer
        super().__init__()
        for number, shape in enumerate([(8, 1, 3, 3), (16, 8, 3, 3), (10, 64)], start=1):
            start = torch.randn(shape, generator=generator)
            scale = (2 / start[0].numel()) ** 0.5
            self.register_parameter(f"w{number}", nn.Parameter(start * scale))
            self.register_parameter(f"b{number}", nn.Parameter(torch.zeros(shape[0])))
        # end answer

    def forward(self, x: Tensor) -> Tensor:
        """Images (N, 1, 8, 8) to logits (N, 10), N >= 0.

        conv2d with w1, b1, padding 1 -> ReLU -> 2 x 2 max pooling, stride 2 -> the same with w2, b2 ->
        flatten to (N, 64) -> h @ w3^T + b3. No softmax at the end. F.max_pool2d is allowed here.
        """
        # answer
        for w, b in ((self.w1, self.b1), (self.w2, self.b2)):
            x = F.max_pool2d(F.relu(conv2d(x, w, b, padding=1)), 2)
        return x.flatten(1) @ self.w3.T + self.b3
        # end answer
