"""Loads what suggestions are made from: all that was ever done, and what it can be found by."""

from tray.model.suggest.index import Index
from tray.store import catalogue, past_activities
from tray.store.database import Database


def load(db: Database) -> Index:
    """The index over the whole local history, as it is now."""
    past_activities.work_out_keys(db)
    clients = {client.id: client.name for client in catalogue.clients(db)}
    projects = {
        project.id: f"{project.name} {clients.get(project.client_id or 0, '')}".strip()
        for project in catalogue.projects(db)
    }
    return Index(past_activities.everything(db), projects)
