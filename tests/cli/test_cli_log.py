from tests.cli.conftest import NOON, Cli, Program
from tests.fakes.toggl import Server
from tray.cli.main import main


def logged(cli: Cli) -> str:
    return (cli.home / "commands.log").read_text("utf-8")


def test_requests_are_logged_without_what_they_carry(signed_in: Cli, toggl: Server) -> None:
    signed_in("add", "Zeppelin @Quartz 9:00-9:30", "--new")
    signed_in.with_remarks("sync")
    text = logged(signed_in)
    assert " INFO tray.api.transport: POST /workspaces/" in text
    assert "/time_entries: 200, " in text
    for secret in ("Zeppelin", "Quartz", toggl.account.token, toggl.account.email, "Basic"):
        assert secret not in text


def test_a_request_without_an_answer_is_logged_by_its_kind(signed_in: Cli, toggl: Server) -> None:
    toggl.stop()
    signed_in.fails(5, "sync")
    assert " WARNING tray.api.transport: GET /me/time_entries: Offline after 0." in logged(
        signed_in
    )


def test_commands_that_ask_no_server_leave_no_log(cli: Cli) -> None:
    cli("status")
    assert not (cli.home / "commands.log").exists()


def test_debug_shows_what_is_logged(cli: Cli) -> None:
    assert main(["status"], debug=True) == 0
    assert "Toggl Tray" in logged(cli)
    assert cli.now == NOON


def test_debug_stands_before_the_command(program: Program) -> None:
    done = program("--debug", "status")
    assert "Nothing is running." in done.stdout
    assert " INFO tray: Toggl Tray " in done.stderr
