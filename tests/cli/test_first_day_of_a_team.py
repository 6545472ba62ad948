"""What a stranger with only the README does for a team on a first day, over loopback HTTP."""

import pytest

from tests.cli.conftest import Cli
from tests.fakes.keyrings import FakeKeyring
from tests.fakes.toggl import Server


@pytest.fixture
def stranger(signed_in: Cli, toggl: Server) -> Cli:
    """Signed in to a paid workspace, alone in it."""
    toggl.account.workspace.premium = True
    signed_in.now += 4000
    signed_in("sync")
    return signed_in


def test_a_team_is_set_up(stranger: Cli, toggl: Server, keyring: FakeKeyring) -> None:
    account = toggl.account
    stranger("clients", "create", "Example Ltd")
    for name in ("Website", "Shop"):
        stranger("projects", "create", name, "--client", "Example Ltd")
    stranger("sync")
    assert sorted(each.name for each in account.projects.values()) == ["Shop", "Website"]
    assert stranger("invite", "ann@example.org") == "ann@example.org  invited\n"
    (ann,) = (each for each in account.memberships.values() if each.email == "ann@example.org")
    ann.joined, ann.name = True, "Ann Smith"  # she follows the link in the letter
    assert "Added" in stranger("projects", "users", "Website", "add", "ann", "--manager")
    (part,) = account.project_parts.values()
    assert (part.user_id, part.manager) == (ann.user_id, True)

    for number in range(40):
        account.add(
            stranger.now - 7200 - 60 * number,
            stranger.now - 7150 - 60 * number,
            description=f"Task {number}",
        )
    stranger.now += 4000
    stranger("sync")
    before = len(toggl.log)
    everything = ",".join(str(each["id"]) for each in listed(stranger))
    stranger("tag", everything, "billed")
    stranger("sync")
    sent = [each for each in toggl.log[before:] if each.method != "GET"]
    assert len(sent) <= 2, [each.path for each in sent]
    assert [each.tags for each in account.entries()] == [("billed",)] * 40

    stranger("clients", "archive", "Example Ltd")
    stranger("sync")
    assert [each.archived for each in account.clients.values()] == [True]
    assert "Most active" in stranger("dashboard")
    assert "Asia/Tokyo" in stranger("profile", "change", "--zone", "Asia/Tokyo")
    token = account.token
    stranger.is_typed("y\ny\n")
    stranger("profile", "reset-token")
    assert [*keyring.secrets.values()] == [account.token] != [token]
    assert account.time_zone == "Asia/Tokyo"


def listed(cli: Cli) -> list[dict[str, int]]:
    found: list[dict[str, int]] = cli.json("list", "all", "--json")["entries"]
    return found
