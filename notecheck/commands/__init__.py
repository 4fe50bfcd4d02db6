"""The command `notecheck`: a module a command, joined in `app`; what a command does is a room's."""
