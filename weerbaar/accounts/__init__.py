"""People, organisations and what a role may do; and the door they come in through.

`models`, `roles` and `actors` are ground floor: audit and web stand on them. The door
(`services`, `vault_session`, `forms`, `views`, `api` and what serves them) records
events and shows pages, so it stands above audit, outbox and web; nothing there imports
it.
"""
