import assert from "node:assert/strict";
import { test } from "node:test";

import { makeWire } from "../../static/js/lib/wire.js";

globalThis.location = { origin: "http://baraza.lan:8080" };

/** A WebSocket whose other end is the test. */
class Socket {
  static all = [];

  constructor(url) {
    Object.assign(this, { url, sent: [], closed: false });
    Socket.all.push(this);
  }

  send(data) {
    this.sent.push(data);
  }

  close() {
    this.closed = true;
  }

  says(...messages) {
    for (const data of messages) this.onmessage({ data });
  }
}

function wired(more = {}) {
  Socket.all = [];
  const told = [];
  const wire = makeWire({ Socket, opened: () => told.push("opened"), lost: () => told.push("lost"),
    heard: (event, value) => told.push([event, value]), ...more });
  wire.open();
  return { wire, told, socket: Socket.all[0] };
}

const HELLO = ['0{"sid":"s","pingInterval":8000,"pingTimeout":6000}', '40{"sid":"t"}'];

test("it opens, answers pings and hears events", () => {
  const { wire, told, socket } = wired();
  assert.equal(socket.url, "ws://baraza.lan:8080/socket.io/?EIO=4&transport=websocket");
  assert.equal(wire.connected, false);
  socket.says(...HELLO, "2", '42["delta",{"seq":1}]');
  assert.equal(wire.connected, true);
  assert.deepEqual(socket.sent, ["40", "3"]);
  assert.deepEqual(told, ["opened", ["delta", { seq: 1 }]]);
  wire.close();
  assert.deepEqual([socket.closed, wire.connected, told.at(-1)], [true, false, "lost"]);
});

test("answers find their ask, in whatever order they come", async () => {
  const { wire, socket } = wired();
  socket.says(...HELLO);
  const [one, two] = [wire.ask("ask", { id: "a" }, 1000), wire.ask("ask", { id: "b" }, 1000)];
  assert.deepEqual(socket.sent.slice(1), ['420["ask",{"id":"a"}]', '421["ask",{"id":"b"}]']);
  socket.says('431[{"ok":true,"seq":2}]', '430[{"ok":true,"seq":1}]');
  assert.deepEqual([(await one).seq, (await two).seq], [1, 2]);
  wire.close();
});

test("an ask without an answer is rejected: in time, when the wire is lost, and when there is none", async () => {
  const { wire, socket } = wired();
  await assert.rejects(wire.ask("ask", {}, 1000));
  socket.says(...HELLO);
  await assert.rejects(wire.ask("ask", {}, 1));
  const asked = wire.ask("ask", {}, 1000);
  socket.onclose();
  await assert.rejects(asked);
});

test("a server that says goodbye loses the wire, once, and it can be opened again", () => {
  for (const goodbye of ["1", "41", '44{"message":"no"}']) {
    const { wire, told, socket } = wired();
    socket.says(...HELLO, goodbye);
    socket.onclose();
    assert.deepEqual(told, ["opened", "lost"]);
    wire.open();
    assert.equal(Socket.all.length, 2);
    wire.close();
  }
});

test("a late message of a lost connection is not heard", () => {
  const { wire, told, socket } = wired();
  socket.says(...HELLO);
  wire.close();
  socket.says('42["delta",{}]');
  assert.deepEqual(told, ["opened", "lost"]);
});

test("where no WebSocket ever opens, the full client takes over", async () => {
  const on = {};
  const client = { connected: true, on: (event, tell) => { on[event] = tell; }, onAny: (tell) => { on.any = tell; },
    timeout: () => ({ emitWithAck: async (event) => `${event} answered` }) };
  const { wire, told, socket } = wired({ load: async () => ({ io: () => client }) });
  socket.onerror();
  wire.open();
  Socket.all[1].onclose();
  wire.open();
  wire.open();
  await new Promise((next) => setTimeout(next));
  on.connect();
  on.any("delta", 1);
  assert.equal(Socket.all.length, 2);
  assert.equal(await wire.ask("join", {}, 1000), "join answered");
  assert.deepEqual(told, ["lost", "lost", "opened", ["delta", 1]]);
});

test("where WebSockets have worked once, they are tried for ever", () => {
  const { wire, socket } = wired({ load: () => assert.fail("loaded") });
  socket.says(...HELLO);
  wire.close();
  for (let n = 1; n < 6; n++) {
    wire.open();
    Socket.all[n].onerror();
  }
  assert.equal(Socket.all.length, 6);
});
