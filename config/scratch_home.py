"""pytest plug-in, loaded before Django reads its settings: each test process gets an empty VUNGCAO_HOME of its own.

Named in pyproject.toml (`-p config.scratch_home`); a conftest would come too late, since pytest-django reads the
settings before any conftest. Nothing a test writes can reach `var/`.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile

_home = tempfile.mkdtemp(prefix=f"vungcao-tests-{os.environ.get('PYTEST_XDIST_WORKER', 'main')}-")
atexit.register(shutil.rmtree, _home, ignore_errors=True)
os.environ["VUNGCAO_HOME"] = _home
