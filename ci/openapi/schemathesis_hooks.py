"""Keeps schemathesis on this machine: the profile's host is 127.0.0.1, and no other name exists.

The server's certificate is for the host name of the interface profile, so that name must be in the
URL; the profile's hosts are not in any name service, and asking one would leave the machine.
"""

import os
import socket

_HOST = os.environ["TEKIGO_HOST"]
_resolve = socket.getaddrinfo


def _only_here(host, *rest, **named):
    if host not in (_HOST, "127.0.0.1"):
        raise socket.gaierror(socket.EAI_NONAME, f"{host} is not the host under test")
    return _resolve("127.0.0.1", *rest, **named)


socket.getaddrinfo = _only_here
