"""How far the reading of history has come, as the bar in the window shows it."""

import pytest

from tray.model.durations import DAY
from tray.store.account import PullPosition
from tray.sync.progress import HISTORY_SECONDS, HistoryProgress, history_progress

NOW = 1_800_000_000


def test_nothing_is_read_once_all_is_here() -> None:
    assert history_progress(PullPosition(history_complete=True), now=NOW) is None


@pytest.mark.parametrize(
    ("reached", "share"), [(None, 0.0), (NOW - HISTORY_SECONDS // 2, 0.5), (1, 1.0)]
)
def test_the_first_history_is_that_of_three_months(reached: int | None, share: float) -> None:
    found = history_progress(PullPosition(history_from=reached), now=NOW)
    assert found is not None
    assert not found.is_older
    assert found.share(NOW) == pytest.approx(share, abs=0.01)


def test_older_history_goes_back_to_where_it_is_wanted() -> None:
    pull = PullPosition(
        history_from=NOW - 100 * DAY, history_complete=True, older_from=NOW - 1_000 * DAY
    )
    begun = history_progress(pull, now=NOW)
    assert begun == HistoryProgress(NOW - 1_000 * DAY, NOW - 100 * DAY, is_older=True)
    later = pull._replace(older_next=f'[[1], {NOW - 500 * DAY}, ""]')
    found = history_progress(later, now=NOW)
    assert found is not None
    assert found.share(NOW) == pytest.approx(0.5)
