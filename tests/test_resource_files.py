import os

from tray.resource_files import resource


def test_a_resource_is_found_beside_the_sources_too() -> None:
    assert os.path.isfile(resource("icons/toggl-tray.svg"))
    assert not os.path.exists(resource("icons/absent.svg"))
