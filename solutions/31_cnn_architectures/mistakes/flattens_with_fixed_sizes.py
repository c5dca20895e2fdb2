"""A batch has images, and an image has 8 x 8 pixels."""

from torch import nn

TRIPS = ["lenet.shape", "resnet_mini.shape", "resnet_mini.param_count", "resnet_mini.example"]


class LeNet(nn.Module):

    def __init__(self):
        super().__init__()
        first = [nn.Conv2d(1, 8, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2)]
        second = [nn.Conv2d(8, 16, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2)]
        self.features = nn.Sequential(*first, *second, _Flat())
        self.classifier = nn.Sequential(nn.Linear(64, 32), nn.ReLU(), nn.Linear(32, 10))

    def forward(self, x):
        return self.classifier(self.features(x))


class ResNetMini(nn.Module):

    def __init__(self, c_in=1, widths=(8, 16, 32), classes=10):
        super().__init__()
        w0, w1, w2 = widths
        self.stem = nn.Sequential(nn.Conv2d(c_in, w0, 3, padding=1, bias=False), nn.BatchNorm2d(w0), nn.ReLU())
        self.blocks = nn.Sequential(Residual(w0, w0), Residual(w0, w1, 2), Residual(w1, w2, 2))
        self.fc = nn.Linear(4 * w2, classes)

    def forward(self, x):
        return self.fc(self.blocks(self.stem(x)).flatten(1))


class _Flat(nn.Module):
    def forward(self, x):
        return x.view(len(x), -1)
