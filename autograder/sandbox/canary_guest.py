"""stub"""


def main(sock, spec):
    pass
