/** One connection: Socket.IO's protocol over a WebSocket, as much of it as we need. It is a twelfth of the size of
 * Socket.IO's own client, which is loaded only where a network breaks WebSockets, and then polls over HTTP.
 * Protocol: engine.io 4 (0 open, 1 close, 2 ping, 3 pong, 4 message) with socket.io 5 in its messages (0 connect,
 * 1 disconnect, 2 event, 3 answer, 4 connect error). */

const OPEN_MS = 10_000;
const BROKEN = 2;

/** `opened()`, `lost()` and `heard(event, value)` tell what happens. Returns the wire: `connected`, `open()`,
 * `close()`, `ask(event, value, ms)` (a promise of the answer; rejected when there is none in time, or the wire is
 * lost), `tell(event, value)`. */
export function makeWire({ opened, lost, heard, Socket = globalThis.WebSocket, load = () => import("../../vendor/socket.io.js") }) {
  const answers = new Map();
  let [socket, silence, patience, number, failed] = [null, null, OPEN_MS, 0, 0];
  let [client, loading] = [null, null];

  const wire = {
    get connected() {
      return client ? client.connected : socket?.joined === true;
    },

    open() {
      if (client) client.connect();
      else if (failed >= BROKEN) loading ??= poll();
      else if (!socket) knock();
    },

    close() {
      if (client) client.disconnect();
      else if (socket) end();
    },

    ask(event, value, ms) {
      if (client) return client.timeout(ms).emitWithAck(event, value);
      return new Promise((resolve, reject) => {
        if (!wire.connected) return reject(new Error("lost"));
        const id = number++;
        const timer = setTimeout(() => settle(id, reject, new Error("silent")), ms);
        answers.set(id, { timer, resolve, reject });
        return socket.send(`42${id}${JSON.stringify([event, value])}`);
      });
    },

    tell(event, value) {
      if (client) client.volatile.emit(event, value);
      else if (wire.connected) socket.send(`42${JSON.stringify([event, value])}`);
    },
  };

  function settle(id, how, value) {
    clearTimeout(answers.get(id)?.timer);
    answers.delete(id);
    how?.(value);
  }

  function knock() {
    const mine = new Socket(`${location.origin.replace("http", "ws")}/socket.io/?EIO=4&transport=websocket`);
    socket = mine;
    mine.onmessage = ({ data }) => mine === socket && read(data);
    mine.onclose = mine.onerror = () => mine === socket && end();
    listen();
  }

  /** The server pings; who is silent for longer than it promised is gone. */
  function listen() {
    clearTimeout(silence);
    silence = setTimeout(end, patience);
  }

  function end() {
    const { joined } = socket;
    clearTimeout(silence);
    socket.close();
    socket = null;
    failed = joined ? -Infinity : failed + 1;
    for (const [id, { reject }] of answers) settle(id, reject, new Error("lost"));
    lost();
  }

  function read(data) {
    const [kind, body] = [data.slice(0, 2), data.slice(2)];
    if (data[0] === "0") {
      const { pingInterval, pingTimeout } = JSON.parse(data.slice(1));
      patience = pingInterval + pingTimeout;
      socket.send("40");
    } else if (data[0] === "2") socket.send("3");
    else if (kind === "40") {
      socket.joined = true;
      opened();
    } else if (kind === "42") heard(...JSON.parse(body));
    else if (kind === "43") {
      const id = parseInt(body, 10);
      settle(id, answers.get(id)?.resolve, JSON.parse(body.slice(`${id}`.length))[0]);
    } else if (data[0] === "1" || kind === "41" || kind === "44") return end();
    return listen();
  }

  async function poll() {
    const library = await load().catch(() => null);
    if (!library) {
      loading = null;
      return lost();
    }
    client = library.io({ reconnection: false });
    client.on("connect", opened);
    client.on("connect_error", lost);
    client.on("disconnect", lost);
    return client.onAny(heard);
  }

  return wire;
}
