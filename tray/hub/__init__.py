"""The local Toggl API: v9, v8 and a gateway's paths, answered from the copy on this computer."""
