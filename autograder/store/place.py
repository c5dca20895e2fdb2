"""Where a database file may lie: on a disk of this machine. SQLite's write-ahead log shares memory between processes,
which a network file system does not, and a database there is damaged sooner or later."""

from __future__ import annotations

import re
from pathlib import Path

from autograder.errors import StoreError

NETWORK = re.compile(
    r"nfs\d?|cifs|smb\w*|ncpfs|afs|9p|lustre|gpfs|beegfs|ceph|glusterfs|ocfs2|gfs2|davfs"
    r"|fuse\.(sshfs|glusterfs|ceph|s3fs|rclone|davfs2|curlftpfs)"
)


def refuse_network(path: Path, mounts: str) -> None:
    """StoreError if `path` lies on a network file system; `mounts` is the text of /proc/self/mounts ("" if unknown)."""
    kind, mount = file_system(path, mounts)
    if NETWORK.fullmatch(kind):
        raise StoreError(
            f"lies on a network file system ({kind}, mounted at {mount}), where a database gets damaged",
            where=str(path),
            now="name a place on a disk of this machine: --db PATH",
        )


def file_system(path: Path, mounts: str) -> tuple[str, str]:
    """The type and the mount point of the file system that holds `path`; ("", "") if the mounts don't say."""
    found = ("", "")
    for line in mounts.splitlines():
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        mount = re.sub(r"\\([0-7]{3})", lambda octal: chr(int(octal[1], 8)), fields[1])
        # a later mount at the same place covers the earlier one, hence >=
        if path.is_relative_to(mount) and len(mount) >= len(found[1]):
            found = (fields[2], mount)
    return found
