import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture
def checkout(tmp_path):
    from checkout import Checkout

    return Checkout(tmp_path)
