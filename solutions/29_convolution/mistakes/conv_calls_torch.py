"""What torch has need not be written again."""

TRIPS = ["conv2d.no_builtin"]
ALSO = ["learn_kernel.lenet_no_builtin"]

import torch.nn.functional as F


def conv2d(x, w, b=None, stride=1, padding=0):
    return F.conv2d(x, w, b, stride, padding)
