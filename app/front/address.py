"""Which address phones can use to reach this machine, found without sending anything."""

import ipaddress
import socket
import struct

VIRTUAL = ("docker", "br-", "veth", "virbr", "vmnet", "tun", "tap", "wg", "zt")
EVERYWHERE = ("0.0.0.0", "::", "")
NOWHERE = "192.0.2.1"  # reserved for documentation: choosing a route to it sends no packet
ADDRESS_OF_INTERFACE = 0x8915  # Linux's SIOCGIFADDR


def of_this_machine() -> list[str]:
    """IPv4 addresses on the local network, the likeliest first; empty without a network.

    The first is the one that the default route leaves by. A laptop that opens its own hotspot has no such route;
    then the interfaces are asked.
    """
    found = [routed(), *asked()]
    return [address for address in dict.fromkeys(found) if address and not local_only(address)]


def local_only(address: str) -> bool:
    """Whether other machines can't use this address."""
    ip = ipaddress.ip_address(address)
    return ip.is_loopback or ip.is_unspecified or ip.is_link_local


def routed() -> str:
    """The address of the interface that the default route leaves by, or ''."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect((NOWHERE, 9))
            return probe.getsockname()[0]
        except OSError:
            return ""


def asked() -> list[str]:
    """The addresses of the interfaces, virtual ones left out."""
    try:
        import fcntl

        names = [name for _, name in socket.if_nameindex() if not name.startswith(VIRTUAL)]
    except (ImportError, OSError):
        return named()
    addresses = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        for name in names:
            try:
                answer = fcntl.ioctl(probe, ADDRESS_OF_INTERFACE, struct.pack("256s", name.encode()[:15]))
            except OSError:
                continue
            addresses.append(socket.inet_ntoa(answer[20:24]))
    return addresses or named()


def named() -> list[str]:
    """The addresses under the machine's own name, where interfaces can't be asked."""
    try:
        return [entry[4][0] for entry in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)]
    except OSError:
        return []


def here(host: str) -> str:
    """The address for programs on this machine, for a server that listens on `host`."""
    return "127.0.0.1" if host in EVERYWHERE else host


def links(host: str, port: int, address: str = "") -> list[str]:
    """The addresses to give out, the best first, for a server on that host and port.

    Args:
        host: what it listens on; 0.0.0.0 and :: mean everywhere.
        address: the one that a proxy serves, which wins.
    """
    if address:
        return [address.rstrip("/")]
    hosts = [host] if host not in EVERYWHERE else of_this_machine() or ["127.0.0.1"]
    return [f"http://{f'[{name}]' if ':' in name else name}:{port}" for name in hosts]
