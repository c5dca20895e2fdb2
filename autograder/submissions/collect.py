"""From whatever staff were given to one Submission per student and topic. A bad upload costs only its own student."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from autograder.errors import UploadError, UsageError
from autograder.model.submission import Problem, Submission
from autograder.model.text import Text
from autograder.submissions import collected, names, problems
from autograder.submissions.attempts import choose_attempts
from autograder.submissions.collection import Collection, Earlier, Reject
from autograder.submissions.entry import choose_entry
from autograder.submissions.flaws import Flaw
from autograder.submissions.flaws import problems as flaw_problems
from autograder.submissions.folder import open_folder
from autograder.submissions.handins import is_hand_in, read_hand_in
from autograder.submissions.paths import shown
from autograder.submissions.recognise import Bundle, Group, Strange, sort_out
from autograder.submissions.roster import Roster
from autograder.submissions.topics import TopicName
from autograder.submissions.tree import Caps, Entry, Tree, read_files
from autograder.submissions.unpack import archive_stem, is_archive, open_archive

DEEPEST = 3  # archives within archives: a class, its students, their attempts
