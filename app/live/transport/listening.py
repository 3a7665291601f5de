"""What listening means in every mode: how many, how long, and what is said to those who don't speak HTTP."""

import http
import socket

try:
    import resource
except ImportError:  # Windows has no such limits
    resource = None

CONNECTIONS = 4000
BACKLOG = 1024
PATIENCE = 15
RESERVED = 200  # file descriptors for the workshops' files, pipes and the listening socket


def places() -> int:
    """Raise the limit of open files as far as allowed; how many connections fit, CONNECTIONS at most."""
    if resource is None:
        return CONNECTIONS
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 2 * CONNECTIONS
    if hard != resource.RLIM_INFINITY:
        wanted = min(wanted, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    return min(CONNECTIONS, max(wanted - RESERVED, wanted // 2))


def family(host: str) -> int:
    """The address family that a host to listen on belongs to."""
    return socket.AF_INET6 if ":" in host else socket.AF_INET


def without_delay(listening) -> None:
    """Small frames leave at once; accepted sockets inherit it."""
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


def bare_error(code: int) -> bytes:
    """A whole HTTP answer for what never reaches the application: no page, no version of anything."""
    phrase = http.HTTPStatus(code).phrase
    return f"HTTP/1.1 {code} {phrase}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n".encode()
