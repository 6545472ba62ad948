from tray.model.entities import TimeEntry, What

ENTRY = TimeEntry(7, 1, "Report", 2, 3, (4, 5), True, 1_000, 1_600)


def test_what_of_an_entry_is_all_but_when() -> None:
    assert ENTRY.what == What(1, "Report", 2, 3, (4, 5), True)


def test_a_finished_entry_has_its_length_whatever_the_clock_says() -> None:
    assert [ENTRY.seconds(now) for now in (0, 1_300, 9_999)] == [600, 600, 600]
    assert not ENTRY.running


def test_a_running_entry_grows_and_is_never_negative() -> None:
    running = ENTRY._replace(stop=None)
    assert running.running
    assert [running.seconds(now) for now in (0, 1_000, 1_001, 5_000)] == [0, 0, 1, 4_000]
