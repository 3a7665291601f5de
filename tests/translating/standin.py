"""A translation service on this machine that answers as it is told to, and counts who comes."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

LANGUAGES = [
    {"code": code, "name": code, "targets": ["en", "fr", "es"]} for code in ("en", "fr", "es", "hu", "zh-Hans")
]


class Standin:
    """A context manager. `asked` are the bodies of what was to be translated, `reached` is set by each, `connections`
    how many came; `how` is what it does with /translate: `well`, `slow` (until `release`), or (status, body) to answer
    instead."""

    def __init__(self, how="well", languages=LANGUAGES, from_request=1):
        self.how, self.languages, self.from_request = how, languages, from_request
        self.asked: list[dict] = []
        self.connections = 0
        self._over, self.reached = threading.Event(), threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self):
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_):
        self.release()
        self._server.shutdown()
        self._server.server_close()

    def release(self):
        """Whoever waits is answered, well; it is slow no more."""
        self.how = "well"
        self._over.set()

    def slow(self):
        """From now on it is slow, until `release`."""
        self.how, self._over, self.reached = "slow", threading.Event(), threading.Event()

    def _handler(self):
        standin = self

        class Handler(BaseHTTPRequestHandler):
            def setup(self):
                standin.connections += 1
                super().setup()

            def do_GET(self):
                self.say(200, json.dumps(standin.languages).encode() if self.path == "/languages" else b"no")

            def do_POST(self):
                asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                standin.asked.append(asked)
                standin.reached.set()
                if standin.how == "slow":
                    standin._over.wait(60)
                if standin.how == "well" or len(standin.asked) < standin.from_request:
                    texts = [f"{asked['target']}: {text}" for text in asked["q"]]
                    self.say(200, json.dumps({"translatedText": texts}).encode())
                else:
                    self.say(*standin.how)

            def say(self, status, body):
                self.send_response(status)
                if status in (301, 302, 307, 308):
                    self.send_header("Location", body.decode())
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        return Handler
