"""What is offered to be made where a name was typed that no project has."""

from tray.language import tr
from tray.model.new_project import NewProject, read_new_project, with_new_client
from tray.store.catalogue import Names


def new_projects(typed: str, names: Names) -> list[NewProject]:
    """What the name can mean, the likeliest first: one alone unless it has a name in brackets."""
    clients = [each.name for each in names.clients.values() if not each.archived]
    meant, other = read_new_project(typed, clients), with_new_client(typed)
    return [meant] if meant.client or other is None else [meant, other]


def client_text(new: NewProject) -> str:
    """For whom it is."""
    sentence = tr("for a new client “{client}”") if new.makes_client else tr("for “{client}”")
    return sentence.format(client=new.client)


def new_project_text(new: NewProject) -> str:
    """What the row says that makes it."""
    if not new.client:
        return tr("Create project “{name}”").format(name=new.name)
    if new.makes_client:
        sentence = tr("Create project “{name}” for a new client “{client}”")
    else:
        sentence = tr("Create project “{name}” for the client “{client}”")
    return sentence.format(name=new.name, client=new.client)
