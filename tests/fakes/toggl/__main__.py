"""``python -m tests.fakes.toggl``: a server with some sample data, for trying things by hand."""

import argparse
import threading
from typing import Final

from tests.fakes.toggl import Account, serve

HOUR: Final = 3600
WORK: Final = (
    ("Weekly report", "Reports", ("writing",)),
    ("Sort the mail", None, ()),
    ("Draw the new icon", "Website", ("design", "icons")),
    ("Call about the invoice", "Reports", ("phone",)),
)


def sample(days: int = 14) -> Account:
    """An account with some weeks of work, and a running entry."""
    account = Account()
    client = account.add_client("Example Ltd")
    projects = {
        "Reports": account.add_project("Reports", client_id=client, color="#06a893"),
        "Website": account.add_project("Website", color="#d94182"),
    }
    now = int(account.now)
    for day in range(days, 0, -1):
        start = now - day * 24 * HOUR
        for description, project, tags in WORK:
            account.add(
                start,
                start + HOUR + 600 * (day % 5),
                description=description,
                project_id=projects.get(project or ""),
                tags=list(tags),
            )
            start += 2 * HOUR
    account.start("Answer questions", start=now - 25 * 60, project_id=projects["Website"])
    return account


def main() -> None:
    """Serve until interrupted."""
    parser = argparse.ArgumentParser(prog="tests.fakes.toggl", description=__doc__)
    parser.add_argument("--port", type=int, default=0)
    with serve(sample(), port=parser.parse_args().port) as server:
        print(f"TOGGL_API_URL={server.url}")
        print(f"TOGGL_API_TOKEN={server.account.token}")
        print(f"v8: {server.v8_url}")
        print(f"gateway: {server.gateway_url} key {server.service.gateway.key}", flush=True)
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            print()


if __name__ == "__main__":
    main()
