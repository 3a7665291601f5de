"""Running workshops: one writer each, the sockets of their phones, and the transport that carries both."""
