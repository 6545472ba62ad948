from tray.sync.status import Status
from tray.ui.account.account_controller import news

FINE = Status("in step", "Test User")
REFUSED = Status("attention", "Test User", refused=1)
SENTENCE = "The token is not accepted. Sign in again."
TROUBLE = Status("trouble", "Test User", error_text=SENTENCE)


def test_what_begins_to_need_the_user_is_told_with_a_button_that_opens_it() -> None:
    (told,) = news(FINE, REFUSED)
    assert "1 change was not uploaded" in told.body
    assert [action.label for action in told.actions] == ["Show", "Show"]
    (told,) = news(FINE, TROUBLE)
    assert told.body == SENTENCE
    assert [action.key for action in told.actions] == ["default", "open"]


def test_it_is_told_once() -> None:
    assert news(REFUSED, REFUSED._replace(pending=3)) == []
    assert news(TROUBLE, TROUBLE._replace(pending=3)) == []


def test_more_of_it_is_told_and_less_is_not() -> None:
    assert len(news(REFUSED, REFUSED._replace(conflicts=1))) == 1
    assert news(REFUSED._replace(conflicts=1), REFUSED) == []


def test_what_needs_nobody_is_not_told() -> None:
    for state in (FINE, Status("offline", pending=3), Status("quota"), Status("signed out"), None):
        assert news(FINE, state) == []


def test_a_wrong_clock_is_told_once() -> None:
    wrong = FINE._replace(clock_skew=7200)
    (told,) = news(FINE, wrong)
    assert "clock is 2 hours slow" in told.body
    assert news(wrong, wrong) == []
