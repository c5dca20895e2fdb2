"""A strided window over the whole batch, the rows of the kernel one after the other, and a Fourier transform for corr2d."""

import torch
import torch.nn.functional as F


def corr2d(x, k):
    h, w = k.shape
    if h > x.shape[0] or w > x.shape[1]:
        raise ValueError("kernel larger than image")
    spectrum = torch.fft.rfft2(x) * torch.fft.rfft2(k, s=tuple(x.shape)).conj()
    whole = torch.fft.irfft2(spectrum, s=tuple(x.shape))
    return whole[: x.shape[0] - h + 1, : x.shape[1] - w + 1]


def conv2d(x, w, b=None, stride=1, padding=0):
    assert stride >= 1 and padding >= 0
    if w.shape[1] != x.shape[1]:
        raise RuntimeError("channels do not match")
    x = F.pad(x, [padding] * 4).contiguous()
    n, c, height, width = x.shape
    o, _, h, v = w.shape
    size = ((height - h) // stride + 1, (width - v) // stride + 1)
    if min(height - h, width - v) < 0:
        raise RuntimeError("kernel does not fit")
    a, bb, r, s = x.stride()
    columns = torch.as_strided(x, (n, *size, c, h, v), (a, r * stride, s * stride, bb, r, s))
    out = torch.tensordot(columns, w.movedim(0, 3), dims=3).permute(0, 3, 1, 2)
    if b is None:
        return out
    return out.add(b.reshape(1, o, 1, 1))


def conv2d_backward(dy, x, w, stride=1, padding=0):
    n, c, height, width = x.shape
    o, _, h, v = w.shape
    padded = F.pad(x, [padding] * 4)
    wide, dw = torch.zeros_like(padded), torch.zeros_like(w)
    for i in range(dy.shape[2]):
        for j in range(dy.shape[3]):
            down, right = slice(i * stride, i * stride + h), slice(j * stride, j * stride + v)
            slope = dy[:, :, i, j]
            dw = dw + torch.einsum("no,nchw->ochw", slope, padded[:, :, down, right])
            wide[:, :, down, right] += torch.einsum("no,ochw->nchw", slope, w)
    return F.pad(wide, [-padding] * 4), dw, torch.einsum("nohw->o", dy)


def conv_out(n, k, s, p, d=1):
    places = (n + 2 * p - d * (k - 1) - 1) // s + 1
    if places < 1:
        raise ValueError("no place")
    return places


def conv1x1(x, w):
    return torch.tensordot(x, w, dims=([1], [1])).permute(0, 3, 1, 2)
